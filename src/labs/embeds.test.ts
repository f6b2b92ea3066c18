import { expect, it } from 'vitest';
import { embeds } from './embeds';
import { labs } from './registry';

it('are the labs that say how high their frame is', () => {
  const embeddable = labs.filter(({ embedHeight }) => embedHeight !== undefined).map(({ id }) => id);
  expect(Object.keys(embeds).sort()).toEqual(embeddable.sort());
});
