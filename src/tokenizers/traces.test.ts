import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { type MergeTrace, mergesWithin, stateAfter } from '../core/text/merge-trace';
import type { Tokenizer } from '../core/text/tokens';
import type { GreedyTrace, LatticeTrace } from '../core/text/traces';
import { encodeUtf8 } from '../core/text/utf8';
import { AlignedText } from './aligned-text';
import { drain } from './files/steps';
import { tokenizerFromJson } from './hugging-face/tokenizer-json';
import { loadTokenizer } from './load';
import { PointTrie } from './models/point-trie';
import { UnigramModel } from './models/unigram';
import { readGenerated } from './testing/generated-vocabulary';
import { nastyText } from './testing/nasty-text';
import { bertJson, llama2Json } from './testing/reference-json';
import { trainedTokenizers } from './testing/trained';
import { Vocabulary } from './vocabulary';

const pattern = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;
const gpt2 = await loadTokenizer(
  { kind: 'bpe-ranks', vocabulary: 'gpt2', pattern, special: { '<|endoftext|>': 50256 } },
  readGenerated,
);

/** What merging two tokens makes, and how early; undefined where they do not merge. */
type Merge = (left: number, right: number) => { rank: number; id: number } | undefined;

/**
 * Byte-pair encoding word for word as Sennrich et al. describe it, over the whole text at once.
 * @param mayJoin whether token i and the next lie in one piece
 * @returns the ids after every merge
 */
function naiveStates(ids: number[], starts: number[], merge: Merge, mayJoin: (start: number) => boolean) {
  const states = [[...ids]];
  for (;;) {
    let best: { at: number; rank: number; id: number } | undefined;
    for (let at = 0; at + 1 < ids.length; at++) {
      const found = mayJoin(starts[at + 1]!) ? merge(ids[at]!, ids[at + 1]!) : undefined;
      if (found && (!best || found.rank < best.rank)) best = { at, ...found };
    }
    if (!best) return states;
    ids.splice(best.at, 2, best.id);
    starts.splice(best.at + 1, 1);
    states.push([...ids]);
  }
}

function expectStates(trace: MergeTrace, merge: Merge, mayJoin: (start: number) => boolean): void {
  const { ids, starts } = trace.symbols;
  const states = naiveStates([...ids], [...starts], merge, mayJoin);
  expect(trace.ids).toHaveLength(states.length - 1);
  states.forEach((state, m) => {
    expect([...stateAfter(trace, m).ids]).toEqual(state);
  });
}

function mergesOf(tokenizer: Tokenizer, text: string): MergeTrace {
  const trace = tokenizer.trace(text);
  if (trace?.kind !== 'merges') throw new Error('There are no merges.');
  return trace;
}

describe('merge traces', () => {
  it('go through the states that naive byte-pair encoding goes through: GPT-2', () => {
    const bytesOf = (id: number) => gpt2.tokenBytes(id);
    const merge: Merge = (left, right) => {
      const [id] = gpt2.idsOf(Uint8Array.of(...bytesOf(left), ...bytesOf(right)));
      return id === undefined || id === 50256 ? undefined : { rank: id, id };
    };
    for (let seed = 0; seed < 40; seed++) {
      // JavaScript's \\s differs from Rust's in these two.
      const text = nastyText(seed)
        .toWellFormed()
        .replace(/[\u0085\ufeff]/g, '')
        .slice(0, 300)
        .toWellFormed();
      const starts = new Set<number>();
      for (const { index } of text.matchAll(new RegExp(pattern, 'gu'))) {
        starts.add(encodeUtf8(text.slice(0, index)).length);
      }
      expectStates(mergesOf(gpt2, text), merge, (start) => !starts.has(start));
    }
  });

  it('go through them through normalizers, where ids are no ranks: Llama 2', async () => {
    const { model } = JSON.parse(await llama2Json()) as {
      model: { vocab: Record<string, number>; merges: [string, string][] };
    };
    const merges = new Map(
      model.merges.map(([left, right], rank) => [
        `${model.vocab[left]} ${model.vocab[right]}`,
        { rank, id: model.vocab[left + right]! },
      ]),
    );
    const tokenizer = await loadTokenizer({ kind: 'pipeline', vocabulary: 'llama-2' }, readGenerated);
    for (let seed = 0; seed < 40; seed++) {
      const text = nastyText(seed).toWellFormed().slice(0, 300).toWellFormed();
      expectStates(
        mergesOf(tokenizer, text),
        (left, right) => merges.get(`${left} ${right}`),
        () => true,
      );
    }
  });

  it('say which merges formed a token', () => {
    const trace = mergesOf(gpt2, 'low lower');
    const { ids, firsts } = stateAfter(trace, trace.ids.length);
    const steps = mergesWithin(trace, firsts[1]!, trace.symbols.ids.length);
    const spell = (id: number) => String.fromCharCode(...gpt2.tokenBytes(id));
    const parts = steps.map(({ leftId, rightId }) => [spell(leftId), spell(rightId)].join('+'));
    expect(parts).toEqual(['e+r', ' +l', 'o+w', 'ow+er', ' l+ower']);
    expect(steps.at(-1)?.id).toBe(ids[1]);
    expect(steps.map(({ rank }) => rank)).toEqual(steps.map(({ rank }) => rank).sort((a, b) => a - b));
  });

  it('take a single long piece in linear time and memory', async () => {
    const tokenizer = await loadTokenizer({ kind: 'pipeline', vocabulary: 'gemma-2' }, readGenerated);
    const text = 'a'.repeat(60_000);
    const trace = mergesOf(tokenizer, text);
    expect(stateAfter(trace, trace.ids.length).ids).toEqual(tokenizer.encode(text).ids);
  });
});

describe('greedy traces', () => {
  it('are the matches of every word of BERT, and agree with Hugging Face', async () => {
    const tokenizer = await loadTokenizer({ kind: 'pipeline', vocabulary: 'bert-uncased' }, readGenerated);
    const oracle = Oracle.fromString(bertJson());
    const text = `unaffable tokenization \u{1f980} ${'x'.repeat(101)} !`;
    const { words } = tokenizer.trace(text) as GreedyTrace;
    expect(words.map(({ known, matches }) => [known, matches.length])).toEqual([
      [true, 3],
      [true, 2],
      [false, 0],
      [false, 0],
      [true, 1],
    ]);
    const ids = words.flatMap(({ known, matches }) => (known ? matches.map(({ id }) => id) : [100]));
    expect(ids).toEqual((await oracle.encode(text, null, { addSpecialTokens: false })).getIds());
    expect(tokenizer.trace(text, { at: 2 })).toEqual({ kind: 'greedy', words: [words[0]] });
  });
});

describe('lattices', () => {
  it('have the segmentation in use as the best, for any text', () => {
    const { tokenizer } = tokenizerFromJson(trainedTokenizers['Unigram, whole texts']!());
    for (let seed = 0; seed < 60; seed++) {
      const text = nastyText(seed).toWellFormed();
      const { pieces } = tokenizer.trace(text, { best: 3 }) as LatticeTrace;
      const ids = pieces.flatMap(({ tokens, best }) => best[0]!.tokens.map((token) => tokens[token]!.id));
      // Adjacent unknown characters are one token in the end.
      const fused = ids.filter((id, i) => id !== 0 || ids[i - 1] !== 0);
      expect(fused).toEqual([...tokenizer.encode(text).ids]);
      const at = pieces.at(-1)?.start;
      if (at !== undefined) {
        const { pieces: one } = tokenizer.trace(text, { best: 3, at }) as LatticeTrace;
        expect(one.at(-1)).toEqual(pieces.at(-1));
      }
      for (const { best, tokens, start, end } of pieces) {
        expect(best.map(({ score }) => score)).toEqual(best.map(({ score }) => score).sort((a, b) => b - a));
        for (const path of best) {
          expect(tokens[path.tokens[0]!]!.start).toBe(start);
          expect(tokens[path.tokens.at(-1)!]!.end).toBe(end);
        }
      }
    }
  });
});

describe('Unigram', () => {
  const vocabulary = new Vocabulary(encodeUtf8('<unk>abababa'), Uint32Array.of(0, 5, 6, 7, 9, 12));
  const scores = Float64Array.of(0, -1, -1.5, -2, -2.2);
  const model = new UnigramModel(vocabulary, drain(PointTrie.inSteps(vocabulary)), scores, 0, false);
  const piece = AlignedText.from('aba');

  it('knows all tokens that could stand somewhere', () => {
    expect(model.lattice(piece).map(({ id, from, to }) => [id, from, to])).toEqual([
      [1, 0, 1],
      [3, 0, 2],
      [4, 0, 3],
      [2, 1, 2],
      [1, 2, 3],
    ]);
  });

  it('gives the best segmentations, best first, and the first is the one it uses', () => {
    const best = model.nBest(piece, 5);
    expect(best.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([[4], [3, 1], [1, 2, 1]]);
    expect(best.map(({ score }) => score)).toEqual([-2.2, -3, -3.5]);
    const ids: number[] = [];
    model.tokenize(piece, (id) => ids.push(id));
    expect(ids).toEqual([4]);
  });
});
