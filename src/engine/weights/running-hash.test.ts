import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { RunningHash } from './running-hash';

const expected = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('goes on from where it was put aside, at any byte', () => {
  const bytes = randomBytes(300);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const first = new RunningHash();
    first.update(bytes.subarray(0, cut));
    const state = structuredClone(first.state());
    expect(state.words.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toBe(true);
    const second = RunningHash.from(state);
    second.update(bytes.subarray(cut));
    expect(second.hex()).toBe(expected(bytes));
    expect(second.state().length).toBe(300);
    expect(first.hex()).toBe(expected(bytes.subarray(0, cut)));
  }
});

it('is put aside as a copy', () => {
  const hash = new RunningHash();
  hash.update(randomBytes(70));
  const state = hash.state();
  const before = structuredClone(state);
  hash.update(randomBytes(70));
  hash.hex();
  expect(state).toEqual(before);
});
