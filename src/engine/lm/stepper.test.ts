import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { createNodeRuntime } from '../ort/node';
import { extendBy, START } from './language-model';
import { readLmFolder } from './lm-folder';
import { openLanguageModel } from './open-model';

it('gives a prefix the same numbers to the last bit in any order, and what the model says but for rounding', async () => {
  const { model } = await openLanguageModel(await readLmFolder('public/lm/lm-draft'), createNodeRuntime(1));
  const bytes = encodeUtf8(readFileSync('README.md', 'utf8'));
  const prefix = (length: number) => extendBy(START, bytes.subarray(0, length));
  const lengths = [0, 1, 2, 30, 31, 32, 33, 47, 48, 49, 50, 51, 100];
  const inOrder = model.stepper(32);
  const first = new Map<number, Float64Array>();
  for (let length = 0; length <= 100; length++) first.set(length, await inOrder.next(prefix(length)));
  const other = model.stepper(32);
  for (const length of lengths.toReversed())
    expect(await other.next(prefix(length))).toEqual(first.get(length));
  // Up to its context, a shorter one sees as much as the whole model.
  for (const length of lengths.filter((each) => each < 32)) {
    const [chances] = await model.next([prefix(length)]);
    for (const [id, chance] of chances!.entries()) expect(first.get(length)![id]).toBeCloseTo(chance, 5);
  }
});
