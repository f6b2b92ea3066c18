import { readFileSync } from 'node:fs';
import { Tiktoken } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import type { Tokenizer } from '../core/text/tokens';
import { encodeUtf8 } from '../core/text/utf8';
import type { MergePosition } from '../core/text/vocabulary-cut';
import type { CutText, VocabularyCuts } from '../tokenizers/cut/cut-text';
import { vocabularyCuts } from '../tokenizers/cut/vocabulary-cuts';
import { sentencePieceSteps } from '../tokenizers/files/sentencepiece-model';
import { drain } from '../tokenizers/files/steps';
import { tokenizerFromFiles } from '../tokenizers/files/tokenizer-file';
import { tokenizerFromJson } from '../tokenizers/hugging-face/tokenizer-json';
import { loadTokenizer } from '../tokenizers/load';
import { readGenerated } from '../tokenizers/testing/generated-vocabulary';
import { nastyText } from '../tokenizers/testing/nasty-text';
import { dependsOnUnicodeVersion } from '../tokenizers/testing/newer-unicode';
import { disagreement, libraryWith, type TokenizerJson } from '../tokenizers/testing/oracle';
import { rankTokens, textOfParts, tiktokenFile, tiktokenRanks } from '../tokenizers/testing/rank-vocabulary';
import { bertJson, llama2Json } from '../tokenizers/testing/reference-json';
import { trainedTokenizers } from '../tokenizers/testing/trained';
import { truncated } from '../tokenizers/testing/truncated';
import { findTextTokenizer } from './tokenizers';

const TEXTS = [
  'The quick brown fox jumps over the lazy dog, while tokenization splits words into pieces 2024 times.',
  'Привет мир! 東京は日本の首都です。 Köln, naïve café — 👩‍👩‍👧 !!!   \n\n\tif (x) { return y; }',
  'aaaaaaaaaaaaaaaa the the\u00a0the  <|endoftext|> \u0000\u0301',
  ...Array.from({ length: 12 }, (_, seed) => nastyText(seed).toWellFormed()),
]
  // Special tokens are text here; the library always parses them.
  .map((text) => text.replaceAll('[MASK]', ''))
  .filter((text) => !dependsOnUnicodeVersion(text));

function cutsOf(tokenizer: Tokenizer): VocabularyCuts {
  const cuts = vocabularyCuts(tokenizer);
  if (!cuts) throw new Error('This vocabulary cannot be cut.');
  return cuts;
}

async function load(id: string): Promise<Tokenizer> {
  return loadTokenizer(findTextTokenizer(id)!.spec, readGenerated);
}

const tokensOf = (text: CutText, size: number) => drain(text.tokens(size));

/** All of a vocabulary gives the tokenizer's own tokens, and counts agree with tokens at every size that is tried. */
function expectWhole(tokenizer: Tokenizer, texts: readonly string[] = TEXTS): void {
  const cuts = cutsOf(tokenizer);
  const { smallest, largest } = cuts.extent;
  for (const text of texts) {
    const cut = drain(cuts.prepare(text));
    expect(tokensOf(cut, largest)).toEqual(tokenizer.encode(text));
    for (const size of [smallest, Math.round((smallest + largest) / 2), largest]) {
      expect(drain(cut.count(size))).toBe(tokensOf(cut, size).ids.length);
    }
  }
}

/** Several sizes of a tokenizer.json's vocabulary, each compared with the library on a file that has no more. */
async function expectLibrary(json: TokenizerJson, sizes: readonly number[], texts = TEXTS): Promise<void> {
  const cuts = cutsOf(tokenizerFromJson(json).tokenizer);
  const prepared = texts.map((text) => drain(cuts.prepare(text)));
  for (const learned of sizes) {
    const size = cuts.extent.smallest + learned;
    const library = libraryWith(JSON.stringify(truncated(json, cuts.mergesAt(size) ?? learned)));
    expect(cuts.sizeAt(size)).toBe(Math.min(size, cuts.extent.largest));
    for (const [i, text] of texts.entries()) {
      expect(await disagreement(text, tokensOf(prepared[i]!, size), library)).toBeUndefined();
    }
  }
}

describe('cuts of vocabularies whose ids are ranks', () => {
  it.each(['gpt2', 'o200k', 'llama-3'])('%s agrees with tiktoken on fewer ranks', async (id) => {
    const { spec } = findTextTokenizer(id)!;
    if (spec.kind !== 'bpe-ranks') throw new Error('Its ids are no ranks.');
    const tokenizer = await load(id);
    expectWhole(tokenizer);
    const cuts = cutsOf(tokenizer);
    expect(cuts.extent.smallest).toBe(256 + Object.keys(spec.special).length);
    for (const m of [0, 40, 3000, 30_000]) {
      const ranks = Array.from({ length: 256 + m }, (_, rank) => tokenizer.tokenBytes(rank));
      const oracle = new Tiktoken(tiktokenRanks(ranks), {}, spec.pattern);
      const size = cuts.extent.smallest + m;
      expect(cuts.mergesAt(size)).toBe(m);
      for (const text of TEXTS) {
        expect(tokensOf(drain(cuts.prepare(text)), size).ids).toEqual(oracle.encode(text, [], []));
      }
      oracle.free();
    }
  });

  it('agree with tiktoken where tokens are made of tokens of higher rank', async () => {
    const { spec } = findTextTokenizer('cl100k')!;
    if (spec.kind !== 'bpe-ranks') throw new Error('Its ids are no ranks.');
    let compared = 0;
    for (let seed = 0; seed < 60; seed++) {
      const ranks = rankTokens(seed);
      // Where a byte has no token, small vocabularies cannot spell every text: the test below.
      if (ranks.filter((token) => token?.length === 1).length < 256) continue;
      const file = { name: 'random.tiktoken', bytes: tiktokenFile(ranks) };
      const { tokenizer } = await tokenizerFromFiles([file], { encoding: 'cl100k' });
      const cuts = cutsOf(tokenizer);
      const made = ranks.flatMap((token, rank) => (token && token.length > 1 ? [rank] : []));
      for (const m of [0, 7, made.length >> 1, made.length - 1, made.length]) {
        const limit = made[m] ?? ranks.length;
        const kept = ranks.map((token, rank) => (token?.length === 1 || rank < limit ? token : undefined));
        const oracle = new Tiktoken(tiktokenRanks(kept), {}, spec.pattern);
        for (let i = 0; i < 4; i++) {
          const text = textOfParts(100 * seed + i, ranks).toWellFormed();
          const tokens = tokensOf(drain(cuts.prepare(text)), cuts.extent.smallest + m);
          expect([...tokens.ids], JSON.stringify(text)).toEqual([...oracle.encode_ordinary(text)]);
          compared++;
        }
        oracle.free();
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('refuse a text with a byte that has no token', async () => {
    const ranks = Array.from({ length: 256 }, (_, byte) => (byte === 0x78 ? undefined : Uint8Array.of(byte)));
    const file = { name: 'no-x.tiktoken', bytes: tiktokenFile(ranks) };
    const { tokenizer } = await tokenizerFromFiles([file], { encoding: 'cl100k' });
    expect(() => drain(cutsOf(tokenizer).prepare('axe'))).toThrow(/"x"/);
  });

  it('are bytes where no merge is left, and words of a normal form have the places of the original', async () => {
    const gpt2 = cutsOf(await load('gpt2'));
    const bytes = tokensOf(drain(gpt2.prepare('né 🦊')), 0);
    expect([...bytes.starts]).toEqual([...encodeUtf8('né 🦊').keys()]);
    const qwen = await load('qwen-2.5');
    expectWhole(qwen, ['cafe\u0301 fiancé', ...TEXTS]);
  });
});

describe('cuts of lists of merges', () => {
  it.each(['BPE', 'BPE, byte-level', 'BPE, byte fallback'] as const)(
    'trained %s agrees with the library on a shorter list',
    async (name) => {
      const json = trainedTokenizers[name]!();
      expectWhole(tokenizerFromJson(json).tokenizer);
      const { length } = json.model['merges'] as unknown[];
      await expectLibrary(json, [0, 1, 50, Math.round(length / 3), length - 1, length]);
    },
  );

  it('take pieces whole that are tokens, where the file says so, from the merge on that makes them', async () => {
    const json = trainedTokenizers['BPE, byte-level']!();
    const { merges, vocab } = json.model as { merges: [string, string][]; vocab: Record<string, number> };
    // No merge makes this one: it is always there.
    const model = { ...json.model, ignore_merges: true, vocab: { ...vocab, '2024': 99_999 } };
    const whole = { ...json, model };
    expectWhole(tokenizerFromJson(whole).tokenizer);
    await expectLibrary(whole, [0, 1, 50, Math.round(merges.length / 3), merges.length]);
  });

  it('Llama 2 agrees with the library on fewer merges', async () => {
    const json = JSON.parse(await llama2Json()) as TokenizerJson;
    expectWhole(await load('llama-2'));
    await expectLibrary(json, [0, 500, 10_000]);
  });

  it('let alternative merges of one token in one by one, and count the token once', async () => {
    const tokenizer = await load('gemma-2');
    expectWhole(tokenizer, TEXTS.slice(0, 3));
    const cuts = cutsOf(tokenizer);
    const { smallest, largest } = cuts.extent;
    expect(cuts.mergesAt(largest)).toBeGreaterThan(largest - smallest);
    expect(largest).toBe(256_000);
    expect(cuts.mergesAt(smallest)).toBe(0);
  });
});

describe('cuts of vocabularies without merges', () => {
  it.each(['Unigram', 'Unigram, whole texts', 'Unigram, byte fallback'] as const)(
    'trained %s agrees with the library on the best pieces',
    async (name) => {
      const json = trainedTokenizers[name]!();
      expectWhole(tokenizerFromJson(json).tokenizer);
      const { length } = json.model['vocab'] as unknown[];
      await expectLibrary(json, [0, 1, 60, Math.round(length / 3)]);
    },
  );

  it('of words agree with the library on the first entries', async () => {
    const json = trainedTokenizers['WordPiece']!();
    expectWhole(tokenizerFromJson(json).tokenizer);
    await expectLibrary(json, [0, 1, 60, 800]);
  });

  it('BERT agrees with the library on the first entries', async () => {
    const json = JSON.parse(bertJson()) as TokenizerJson;
    expectWhole(await load('bert-uncased'));
    await expectLibrary(json, [0, 1000, 12_000]);
  });

  it('tell the most likely segmentations that are left, best first', () => {
    const cuts = cutsOf(tokenizerFromJson(trainedTokenizers['Unigram']!()).tokenizer);
    const text = 'tokenization splits words';
    const cut = drain(cuts.prepare(text));
    for (const size of [cuts.extent.smallest + 40, cuts.extent.largest]) {
      const found = cut.best(size, 3, 5)!;
      expect(found.best.length).toBeGreaterThan(2);
      const scores = found.best.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      const { ids, starts } = tokensOf(cut, size);
      const inUse = [...starts].filter((start) => start >= found.start && start < found.end);
      expect(found.best[0]!.tokens.map(({ start }) => start)).toEqual(inUse);
      expect(ids.length).toBeGreaterThan(0);
    }
  });
});

describe('cuts of SentencePiece models', () => {
  const folder = new URL('../tokenizers/testing/fixtures/sentencepiece/', import.meta.url);
  const read = (name: string) =>
    drain(sentencePieceSteps(readFileSync(new URL(`${name}.model`, folder)), name)).tokenizer;

  it.each(['bpe', 'bpe-spaces', 'bpe-suffix', 'bpe-symbols', 'unigram', 'unigram-bytes', 'unigram-symbols'])(
    'all of %s is the model itself',
    (name) => expectWhole(read(name)),
  );

  it('have nothing but characters at the smallest size', () => {
    for (const name of ['bpe', 'unigram', 'unigram-bytes']) {
      const cuts = cutsOf(read(name));
      const tokenizer = read(name);
      const { ids } = tokensOf(drain(cuts.prepare(TEXTS[0]!)), cuts.extent.smallest);
      const long = [...ids].map((id) => tokenizer.tokenOf(id)).filter((token) => [...token].length > 1);
      expect(long.filter((token) => !/^<.*>$/.test(token))).toEqual([]);
    }
  });

  it('are refused where merges are taken apart again, and where words are only looked up', () => {
    for (const name of ['bpe-unused', 'word', 'char']) expect(vocabularyCuts(read(name))).toBeUndefined();
  });
});

describe('the merges of a text', () => {
  it('are those of its trace, in order, and every size between two of them gives the same tokens', async () => {
    const tokenizer = await load('gpt2');
    const text = TEXTS[0]!;
    const trace = tokenizer.trace(text);
    if (trace?.kind !== 'merges') throw new Error('There are no merges.');
    const cuts = cutsOf(tokenizer);
    const cut = drain(cuts.prepare(text));
    let size: number | null = cuts.extent.smallest;
    const seen: number[] = [];
    let tokens = encodeUtf8(text).length;
    for (let steps = 0; size !== null; steps++) {
      const position: MergePosition = drain(cut.position(size))!;
      expect(position.reached).toBe(steps);
      for (const { number, places } of position.last) {
        seen.push(number + 255);
        tokens -= places;
      }
      expect(drain(cut.count(size))).toBe(tokens);
      if (position.next !== null) expect(drain(cut.count(position.next - 1))).toBe(tokens);
      size = position.next;
    }
    expect(seen).toEqual([...new Set(trace.ranks)]);
  });

  it('say what became what, and how often', async () => {
    const cuts = cutsOf(await load('gpt2'));
    const cut = drain(cuts.prepare('the the the'));
    const first = drain(cut.position(cuts.extent.smallest))!;
    expect(first).toMatchObject({ reached: 0, previous: null, last: [] });
    const { last } = drain(cut.position(first.next!))!;
    // GPT-2 merges a space and t first of all.
    expect(last).toEqual([
      { number: 1, left: encodeUtf8(' '), right: encodeUtf8('t'), made: encodeUtf8(' t'), places: 2 },
    ]);
  });

  it('of low rank come after the one that makes them possible', () => {
    // "bc" comes first, but only once "ab" has taken the only b does "c" meet it; then "ab" + "c" is rank 0.
    const vocab = Object.fromEntries(['a', 'b', 'c', 'ab', 'abc'].map((token, id) => [token, id]));
    const model = { type: 'BPE', vocab, merges: ['ab c', 'a b'] };
    const json = {
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: null,
      decoder: null,
      model,
    } as TokenizerJson;
    const cuts = cutsOf(tokenizerFromJson(json).tokenizer);
    const cut = drain(cuts.prepare('abc'));
    // The first merge alone can never happen.
    expect([...tokensOf(cut, 4).ids]).toEqual([0, 1, 2]);
    expect([...tokensOf(cut, 5).ids]).toEqual([4]);
    expect(drain(cut.position(5))!.last.map(({ number }) => number)).toEqual([2, 1]);
  });
});

it('there is nothing to cut in bytes, characters and words', async () => {
  for (const id of ['utf8-bytes', 'characters', 'words'])
    expect(vocabularyCuts(await load(id))).toBeUndefined();
});
