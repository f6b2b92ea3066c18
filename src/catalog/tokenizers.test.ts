import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFiles } from '../../scripts/vocabularies/files.mjs';
import { mergesWithin, stateAfter } from '../core/text/merge-trace';
import { TextStream } from '../core/text/text-stream';
import type { TokenSequence } from '../core/text/token-sequence';
import type { Tokenizer } from '../core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { loadTokenizer } from '../tokenizers/load';
import { readGenerated } from '../tokenizers/testing/generated-vocabulary';
import { nastyText } from '../tokenizers/testing/nasty-text';
import { withoutNewerUnicode } from '../tokenizers/testing/newer-unicode';
import { askOracle, disagreement, type Library, libraryWith } from '../tokenizers/testing/oracle';
import { referenceJson } from '../tokenizers/testing/reference-json';
import { tiktokenOf } from './testing/tiktoken-oracle';
import { findTextTokenizer, type TextCatalogEntry, textTokenizers } from './tokenizers';

/** The library of Hugging Face, with the tokenizer.json that says what the entry should do. */
async function huggingFaceFor(entry: TextCatalogEntry): Promise<Library> {
  if (entry.oracle.kind === 'reference') return libraryWith(await referenceJson[entry.id]!());
  const [file] = await readFiles(entry.source!);
  return libraryWith(decodeUtf8(file!.bytes));
}

/** How tokenizers of several model types found their tokens; undefined for whole words. */
const PIPELINE_TRACES = ['merges', 'greedy', 'lattice', undefined];

/** `npm run fuzz:text` compares any number of them. */
const NASTY = Array.from({ length: 40 }, (_, seed) => nastyText(seed));

const FIXED = [
  '',
  'a',
  'Hello, world! 1234567',
  '\0a\0',
  '\ufeffBOM first',
  'lone \ud800 surrogate \udc00',
  'مرحبا e\u0301 👩‍👩‍👧‍👦 ½',
  ' '.repeat(1000),
  'a'.repeat(5000),
  'ab'.repeat(3000),
];

function specialsOf(entry: TextCatalogEntry): [string, number][] {
  return 'special' in entry.spec ? Object.entries(entry.spec.special) : [];
}

/** Spans in order, first at 0, last at the end, none overlapping. */
function expectTiling({ ids, starts, ends }: TokenSequence, byteLength: number): void {
  let at = 0;
  for (let i = 0; i < ids.length; i++) {
    if (starts[i] !== at || ends[i]! <= at) throw new Error(`Token ${i} does not continue at byte ${at}.`);
    at = ends[i]!;
  }
  expect(at).toBe(byteLength);
}

it('names every entry after its file, once, with complete facts', () => {
  const files = readdirSync(new URL('./tokenizers/', import.meta.url)).map((file) =>
    file.replace(/\.ts$/, ''),
  );
  expect(textTokenizers.map((entry) => entry.id).sort()).toEqual(files.sort());
  for (const entry of textTokenizers) {
    expect(entry.id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
    expect(findTextTokenizer(entry.id)).toBe(entry);
    for (const fact of [entry.label, entry.publisher, entry.summary, entry.licence])
      expect(fact).not.toBe('');
    for (const url of [entry.licenceUrl, entry.homepage]) expect(new URL(url).protocol).toBe('https:');
    if ('vocabulary' in entry.spec) {
      // Its own, or that of an entry that has one.
      const owner = findTextTokenizer(entry.spec.vocabulary);
      expect(owner?.source, `${entry.id} uses ${entry.spec.vocabulary}`).toBeDefined();
      expect(entry.source === undefined || owner === entry).toBe(true);
    } else expect(entry.source).toBeUndefined();
    const own = entry.source && !entry.source.package ? entry.source : undefined;
    for (const file of own?.files ?? []) expect(file).toMatch(/^data\/tokenizers\//);
    if (own?.downloadedFrom) expect(new URL(own.downloadedFrom).protocol).toBe('https:');
    if (entry.oracle.kind === 'reference') expect(referenceJson).toHaveProperty([entry.id]);
    if (entry.oracle.kind === 'tiktoken' && !entry.oracle.encoding)
      expect(entry.source?.format).toBe('tiktoken');
    if (entry.oracle.kind === 'hugging-face') expect(entry.source?.format).toBe('tokenizer.json');
  }
});

describe.each(textTokenizers.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(entry.spec, readGenerated);
  });

  it.skipIf(entry.lossy)(
    'gives every byte of the text to one token, in order, and decodes back to it',
    () => {
      for (const text of [...FIXED, ...NASTY]) {
        const bytes = encodeUtf8(text);
        const tokens = tokenizer.encode(text);
        expectTiling(tokens, bytes.length);
        if (!Buffer.from(tokenizer.decode(tokens.ids)).equals(bytes)) {
          throw new Error(`${JSON.stringify(text)} does not come back: should the entry say lossy: true?`);
        }
        expect(tokens.ids.every((token) => token < tokenizer.vocabularySize)).toBe(true);
        for (let i = 0; i < tokens.ids.length; i++) {
          const span = bytes.subarray(tokens.starts[i], tokens.ends[i]);
          if (Buffer.compare(tokenizer.tokenBytes(tokens.ids[i]!), span) !== 0) {
            throw new Error(`Token ${i} of ${JSON.stringify(text)} is not the bytes of its span.`);
          }
        }
      }
    },
  );

  it('gives the same in slices, reports progress and hears an abort', async () => {
    const text = NASTY.join('').repeat(4);
    const shares: number[] = [];
    const sliced = await tokenizer.encodeInSlices(text, { onProgress: (share) => shares.push(share) });
    expect(asBytes(sliced).equals(asBytes(tokenizer.encode(text)))).toBe(true);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const controller = new AbortController();
    let inTime = false;
    const onProgress = (share: number) => {
      if (share >= 1) return;
      inTime = true;
      controller.abort();
    };
    await tokenizer.encodeInSlices(text, { signal: controller.signal, onProgress }).then(
      () => expect(inTime).toBe(false),
      (error: unknown) => expect(error).toMatchObject({ code: 'aborted' }),
    );
    await expect(tokenizer.encodeInSlices('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('refuses ids outside the vocabulary', () => {
    expect(() => tokenizer.tokenBytes(tokenizer.vocabularySize)).toThrow(RangeError);
    expect(() => tokenizer.tokenBytes(-1)).toThrow(RangeError);
    expect(() => tokenizer.tokenBytes(0.5)).toThrow(RangeError);
  });

  it('decodes ids that arrive one by one to the same bytes, and text once characters are complete', () => {
    for (const text of ['', ...FIXED.slice(1, 7), ...NASTY.slice(0, 60)]) {
      const { ids } = tokenizer.encode(text, { special: 'parse' });
      const whole = tokenizer.decode(ids);
      const wholeText = decodeUtf8(whole);
      const bytes = tokenizer.decodeStream();
      const characters = new TextStream(tokenizer.decodeStream());
      let sent = 0;
      let written = '';
      let writtenBytes = 0;
      const claim = (holds: boolean, what: string, i: number) => {
        if (!holds) throw new Error(`${what} after token ${i} of ${JSON.stringify(text)}`);
      };
      // Streamed text never changes, wherever the ids end; only the last character and one Metaspace may be missing.
      const takeBytes = (piece: Uint8Array, i: number) => {
        claim(Buffer.compare(piece, whole.subarray(sent, sent + piece.length)) === 0, 'other bytes', i);
        sent += piece.length;
      };
      const takeText = (piece: string, i: number) => {
        claim(wholeText.startsWith(piece, written.length), 'other text', i);
        written += piece;
        writtenBytes += encodeUtf8(piece).length;
      };
      ids.forEach((token, i) => {
        takeBytes(bytes.push(token), i);
        takeText(characters.push(token), i);
        const late = i < 64 ? tokenizer.decode(ids.subarray(0, i + 1)).length - sent : 0;
        claim(late <= (entry.lossy ? 2 : 0), 'bytes held back', i);
        claim(sent - writtenBytes < 4, 'characters held back', i);
      });
      takeBytes(bytes.end(), ids.length);
      takeText(characters.end(), ids.length);
      expect(sent).toBe(whole.length);
      expect(written).toBe(wholeText);
    }
    expect(() => tokenizer.decodeStream().push(tokenizer.vocabularySize)).toThrow(RangeError);
  });

  it('traces its way to the tokens', () => {
    // Without a decoder, texts of tokens are joined by spaces; what they are made of stays the same.
    const madeOf = (ids: Uint32Array) =>
      entry.spec.kind === 'pipeline'
        ? Array.from(ids, (id) => tokenizer.token(id)!.name).join('')
        : tokenizer.decode(ids);
    const { kind: spec } = entry.spec;
    const kinds = spec === 'bpe-ranks' ? ['merges'] : spec === 'pipeline' ? PIPELINE_TRACES : [undefined];
    for (const text of ['', ...FIXED.slice(1, 7), ...NASTY.slice(0, 60)]) {
      const trace = tokenizer.trace(text, { special: 'parse' });
      expect(kinds).toContain(trace?.kind);
      if (trace?.kind !== 'merges') continue;
      const tokens = tokenizer.encode(text, { special: 'parse' });
      const { ids, starts, ends, firsts } = stateAfter(trace, trace.ids.length);
      expect(asBytes({ ids, starts, ends }).equals(asBytes(tokens))).toBe(true);
      const { ids: half } = stateAfter(trace, trace.ids.length >> 1);
      expect(half).toHaveLength(trace.symbols.ids.length - (trace.ids.length >> 1));
      expect(madeOf(half)).toEqual(madeOf(ids));
      const last = ids.length - 1;
      if (last < 0) continue;
      const steps = mergesWithin(trace, firsts[last]!, trace.symbols.ids.length);
      expect(steps).toHaveLength(trace.symbols.ids.length - firsts[last]! - 1);
      if (steps.length > 0) expect(steps.at(-1)!.id).toBe(ids[last]);
    }
  });

  it('looks tokens up in both directions', () => {
    const text = NASTY.slice(0, 200).join('');
    const wrong = [...new Set(tokenizer.encode(text, { special: 'parse' }).ids)].filter((token) => {
      const known = tokenizer.token(token)!;
      const asText = decodeUtf8(known.bytes);
      return !(
        known.id === token &&
        known.name !== '' &&
        Buffer.compare(known.bytes, tokenizer.tokenBytes(token)) === 0 &&
        (known.bytes.length === 0 || tokenizer.idsOf(known.bytes).includes(token)) &&
        (asText === '' || asText.includes('\ufffd') || tokenizer.idsOf(asText).includes(token))
      );
    });
    expect(wrong).toEqual([]);
    for (const none of [-1, 0.5, Number.NaN, tokenizer.vocabularySize, 2 ** 40]) {
      expect(tokenizer.token(none)).toBeUndefined();
    }
    expect(tokenizer.idsOf('')).toEqual([]);
    expect(tokenizer.idsOf('no token is as long as this one, we hope')).toEqual([]);
    for (const [special, specialId] of specialsOf(entry)) {
      expect(tokenizer.token(specialId)).toMatchObject({ name: special, special: true });
      expect(tokenizer.idsOf(special)).toContain(specialId);
    }
  });

  it.runIf(specialsOf(entry).length > 0)('parses special tokens, takes them as text, or refuses them', () => {
    for (const [special, specialId] of specialsOf(entry).slice(0, 40)) {
      const text = `€ before${special}${special} after`;
      const parsed = tokenizer.encode(text, { special: 'parse' });
      expect(parsed.ids.filter((value) => value === specialId)).toHaveLength(2);
      if (!entry.lossy) expectTiling(parsed, encodeUtf8(text).length);
      expect(decodeUtf8(tokenizer.decode(parsed.ids))).toBe(text);
      expect(tokenizer.encode(text).ids).not.toContain(specialId);
      expect(() => tokenizer.encode(text, { special: 'error' })).toThrow(special);
      expect(tokenizer.encode('plain', { special: 'error' }).ids.length).toBeGreaterThan(0);
    }
  });

  it.runIf(entry.oracle.kind === 'tiktoken')('agrees with tiktoken', async () => {
    const oracle = await tiktokenOf(entry);
    for (const text of [...FIXED, ...NASTY]) {
      const input = text.toWellFormed();
      expectSame(text, tokenizer.encode(text).ids, oracle.encode_ordinary(input));
      expectSame(text, tokenizer.encode(text, { special: 'parse' }).ids, oracle.encode(input, 'all'));
    }
    oracle.free();
  });

  it.runIf(entry.oracle.kind === 'reference' || entry.oracle.kind === 'hugging-face')(
    'agrees with Hugging Face, ids, offsets and what is put around a text',
    async () => {
      const library = await huggingFaceFor(entry);
      for (const nasty of [...FIXED, ...NASTY]) {
        // Normalization depends on the age of the Unicode tables.
        const text = entry.lossy ? withoutNewerUnicode(nasty) : nasty;
        const input = text.toWellFormed();
        const ours = tokenizer.encode(text, { special: 'parse' });
        expect(await disagreement(input, ours, library)).toBeUndefined();
        if (!entry.lossy) continue; // decoding gives the text back, as above
        expect(decodeUtf8(tokenizer.decode(ours.ids))).toBe(
          await library.oracle.decode([...ours.ids], false),
        );
      }
      if (entry.oracle.kind !== 'hugging-face') return;
      // What its tokenizer.json puts around a text.
      for (const text of ['', 'Hello, world!', 'a\n\nb']) {
        const { ids } = await askOracle(library.oracle, text, true);
        expectSame(text, tokenizer.encode(text, { addSpecialTokens: true }).ids, ids);
      }
    },
  );
});

/** For comparing millions of numbers quickly. */
function asBytes({ ids, starts, ends }: TokenSequence): Buffer {
  return Buffer.concat([ids, starts, ends].map((array) => Buffer.from(array.buffer)));
}

it('BERT answers what its authors state', async () => {
  const tokenizer = await loadTokenizer(findTextTokenizer('bert-uncased')!.spec, readGenerated);
  // The example of the BERT repository's README.
  const text = "John Johanson's house";
  const tokens = tokenizer.encode(text);
  expect([...tokens.ids]).toEqual([2198, 13093, 3385, 1005, 1055, 2160]);
  expect([...tokens.ids].map((_, i) => text.slice(tokens.starts[i], tokens.ends[i]))).toEqual([
    'John',
    'Johan',
    'son',
    "'",
    's',
    'house',
  ]);
  expect(decodeUtf8(tokenizer.decode(tokens.ids))).toBe("john johanson ' s house");
});

it('Tekken answers what mistral-common answers', async () => {
  const tokenizer = await loadTokenizer(findTextTokenizer('tekken')!.spec, readGenerated);
  // By mistral-common 1.13.1, Tekkenizer.encode(text, bos=False, eos=False) with its tekken_240718.json.
  expect([...tokenizer.encode('Hello, world! 1234567').ids]).toEqual([
    22177, 1044, 4304, 1033, 1032, 1049, 1050, 1051, 1052, 1053, 1054, 1055,
  ]);
  expect([...tokenizer.encode('Ça va? مرحبا 東京 🍓').ids]).toEqual([
    60297, 1097, 3834, 1063, 58482, 26986, 48798, 119685, 1141, 1147,
  ]);
});

function expectSame(text: string, ours: Uint32Array, theirs: Uint32Array): void {
  if (Buffer.from(ours.buffer).equals(Buffer.from(theirs.buffer, theirs.byteOffset, theirs.byteLength)))
    return;
  throw new Error(`${JSON.stringify(text)}: ${ours.join(' ')} instead of ${theirs.join(' ')}`);
}
