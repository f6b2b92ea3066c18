import { describe, expect, it } from 'vitest';
import { drain } from '../files/steps';
import { readTiktoken } from '../files/tiktoken-file';
import { Random } from '../testing/random';
import { rankTokens, textOfParts, tiktokenFile } from '../testing/rank-vocabulary';
import { TilingWriter } from '../token-writer';
import { ByteMerging } from './byte-merging';
import { halvesByRank } from './left-lengths';
import { MostlyOrderedBpe } from './mostly-ordered';
import type { PieceBpe } from './piece-encoder';
import { hasAllBytes } from './rank-bpe';
import { TokenSearch } from './token-search';

function idsOf(bpe: PieceBpe, bytes: Uint8Array, inSteps: boolean): number[] {
  const out = new TilingWriter(16);
  if (inSteps) {
    const run = bpe.run(bytes, 0, bytes.length);
    while (!run.advance(3, out));
  } else bpe.encode(bytes, 0, bytes.length, out);
  return [...out.finish().ids];
}

describe('vocabularies whose tokens are partly made of tokens of higher rank', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  const made = seeds.flatMap((seed) => {
    const tokens = rankTokens(seed);
    const { vocabulary } = drain(readTiktoken(tiktokenFile(tokens), 'a.tiktoken'));
    const halves = drain(halvesByRank(vocabulary));
    return halves.isOrdered || !hasAllBytes(vocabulary) ? [] : [{ seed, tokens, vocabulary, halves }];
  });

  it('have the same tokens as by merging one by one', () => {
    expect(made.length).toBeGreaterThan(20);
    for (const { seed, tokens, vocabulary, halves } of made) {
      const reference = new ByteMerging(vocabulary);
      const bpe = new MostlyOrderedBpe({ vocabulary, ...halves });
      for (let i = 1; i < 40; i++) {
        const text = textOfParts(seed * 100 + i, tokens);
        const bytes = new TextEncoder().encode(text);
        if (bytes.length === 0) continue;
        const right = idsOf(reference, bytes, false);
        expect(idsOf(bpe, bytes, false), `${seed}: ${JSON.stringify(text)}`).toEqual(right);
        expect(idsOf(bpe, bytes, true), `${seed}: ${JSON.stringify(text)}`).toEqual(right);
      }
    }
  });

  it('are searched for tokens as text is', () => {
    const random = new Random(1);
    let found = 0;
    for (const { vocabulary } of made) {
      const { offsets, size } = vocabulary;
      const ids = Array.from({ length: 4 }, () => 256 + random.below(size - 256)).filter(
        (id) => offsets[id] !== offsets[id + 1],
      );
      const search = new TokenSearch(vocabulary, ids);
      for (let i = 0; i < 50; i++) {
        const piece = () => vocabulary.bytesOf(random.below(3) === 0 ? random.pick(ids) : random.below(size));
        const pieces = Array.from({ length: 4 }, piece);
        const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        const end = bytes.length - random.below(Math.min(3, bytes.length + 1));
        const from = random.below(end + 1);
        const to = from + random.below(end - from + 1);
        const right = ids.some((id) => {
          const token = vocabulary.bytesOf(id);
          return Array.from({ length: to - from }, (_, k) => from + k).some(
            (at) => at + token.length <= end && token.every((byte, k) => bytes[at + k] === byte),
          );
        });
        if (right) found++;
        expect(search.occurs(bytes, from, to, end)).toBe(right);
      }
    }
    expect(found).toBeGreaterThan(50);
  });
});
