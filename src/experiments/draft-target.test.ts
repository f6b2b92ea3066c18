import { describe, expect, it } from 'vitest';
import { totalVariation } from '../engine/lm/draw';
import { idsOf, START } from '../engine/lm/language-model';
import { alice } from './alice';
import { learnPair, loadPair, rising, tempered } from './draft-target';
import { testContext } from './testing/run';

const text = Array.from({ length: 200 }, (_, i) => `Line ${i} of a text about nothing at all.\n`).join('');

describe('a draft and a target', () => {
  it.each(['tokens', 'bytes'] as const)(
    'share a vocabulary of %s, and prompts that begin where a word ends',
    async (unit) => {
      const settings = { unit, draftOrder: 2, prompts: 5, seed: 3 };
      const { draft, target, prompts, vocabulary } = await learnPair(text, settings);
      expect(draft.vocabulary.size).toBe(target.vocabulary.size);
      expect(prompts.length).toBe(5);
      const [p] = await draft.next(prompts);
      expect(p!.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
      // The same, asked one by one and again.
      for (const [i, law] of (await target.next(prompts)).entries()) {
        const [again] = await target.next([prompts[i]!]);
        expect(again).toEqual(law);
      }
      const again = await learnPair(text, settings);
      expect(again.prompts.map(idsOf)).toEqual(prompts.map(idsOf));
      const bytes = idsOf(prompts[0]!).flatMap((id) => [...vocabulary.bytes(id)]);
      expect(text).toContain(new TextDecoder().decode(Uint8Array.from(bytes)).trim().split('\n').at(-1)!);
    },
  );

  it('begin at the start where too little could be set aside', async () => {
    const { prompts } = await learnPair('a few words', { unit: 'bytes', draftOrder: 1, prompts: 2, seed: 1 });
    expect(prompts).toEqual([START, START]);
  });

  it('have a temperature', async () => {
    const law = Float64Array.of(0.2, 0.5, 0.3);
    const model = { vocabulary: { size: 3, bytes: () => new Uint8Array() }, next: async () => [law] };
    const at = async (temperature: number) => [...(await tempered(model, temperature).next([START]))[0]!];
    expect(await at(1)).toEqual([0.2, 0.5, 0.3]);
    expect(await at(0)).toEqual([0, 1, 0]);
    // Squares over their sum, 0.38.
    for (const [i, p] of (await at(0.5)).entries()) expect(p).toBeCloseTo(law[i]! ** 2 / 0.38, 12);
  });
});

it('a share that is reported never falls', () => {
  const told: number[] = [];
  const report = rising((share) => told.push(share));
  for (const share of [0.1, 0.3, 0.2, 0.5]) report(share);
  expect(told).toEqual([0.1, 0.3, 0.3, 0.5]);
});

describe('networks', () => {
  const load = async (moment: 'early' | 'late') =>
    await loadPair(await alice.load(), { moment, prompts: 2, seed: 1 }, testContext().languageModel);

  it('share the vocabulary of bytes, and the draft is accepted more often the longer it was trained', async () => {
    const accepted: number[] = [];
    for (const moment of ['early', 'late'] as const) {
      const { draft, target, vocabulary, prompts } = await load(moment);
      expect(draft.vocabulary.size).toBe(vocabulary.size);
      let sum = 0;
      const [ps, qs] = [await draft.next(prompts), await target.next(prompts)];
      for (const [i, p] of ps.entries()) sum += 1 - totalVariation(p, qs[i]!);
      accepted.push(sum / prompts.length);
      // What was asked before is remembered.
      expect((await target.next(prompts))[0]).toBe(qs[0]);
    }
    expect(accepted[1]).toBeGreaterThan(accepted[0]! + 0.2);
  });
});
