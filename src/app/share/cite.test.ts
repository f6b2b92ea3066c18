import { expect, it } from 'vitest';
import { citeTool } from './cite';

it('cites the tool by its version, with an address where everybody can open that', () => {
  expect(citeTool('https://example.org/t/?a=1#2.x')).toMatchObject({
    key: 'tokenoscope',
    url: 'https://example.org/t/',
    note: expect.stringMatching(/^Version \d+\.\d+\.\d+$/),
  });
  expect(citeTool('http://localhost:4173/#2.x').url).toBeUndefined();
});
