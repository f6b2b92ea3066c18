import { expect, it } from 'vitest';
import { samples } from '../../catalog/pictures';
import { nameOf } from './source';

it('says what a picture is called before it is open', () => {
  const [sample] = samples;
  const file = { kind: 'file', file: new Blob([]), notes: [] } as const;
  expect(nameOf({ kind: 'sample', id: sample!.id })).toBe(sample!.label);
  expect(nameOf({ ...file, name: 'cat.jpg' })).toBe('cat.jpg');
  for (const unnamed of [null, { ...file, name: '' }, { kind: 'tokens', rows: [] } as const]) {
    expect(nameOf(unnamed)).toBe('the picture');
  }
});
