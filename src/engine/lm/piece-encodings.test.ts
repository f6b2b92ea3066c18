import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { tokenizerFromFiles } from '../../tokenizers/files/tokenizer-file';
import { nastyText } from '../../tokenizers/testing/nasty-text';
import type { Encodings } from './encodings';
import { ExactBytes } from './exact-bytes';
import {
  extend,
  idsOf,
  type LanguageModel,
  type LmVocabulary,
  type Prefix,
  START,
  vocabularyOf,
} from './language-model';
import { tokenizerEncodings } from './tokenizer-encodings';

let tokenizer: Tokenizer;
let vocabulary: LmVocabulary;
let encodings: Encodings;

beforeAll(async () => {
  const file = await readFile('public/lm/lm-bpe/tokenizer.json');
  ({ tokenizer } = await tokenizerFromFiles([{ name: 'tokenizer.json', bytes: file }]));
  const { size, bytes } = vocabularyOf(tokenizer);
  vocabulary = { size, bytes: (id) => (id === 0 ? new Uint8Array() : bytes(id)) };
  encodings = tokenizerEncodings(tokenizer, file, vocabulary);
});

const NEXT = [
  '',
  'a',
  'é',
  '1',
  '.',
  ' a',
  '  a',
  '\n',
  ' ',
  's',
  't',
  're',
  've',
  'm',
  'll',
  'd',
  'l',
  'e',
  "'",
  '\u{10400}',
  '\u{10107}',
  '\u{10100}',
  '\u3000x',
  '\u3000',
];

const TRICKY = [
  "I'll say 'tis the cat's; we've, we'ra, x'lx 'l 'll",
  '  two  spaces \n\n and   three\t\t tabs\n',
  "' 's .'s 's' it's's don't'd",
  'x\u00a0\u00a0y\u3000\u3000z \u2003 a\u2003\u2003b',
  'Grüße — 東京, ภาษา, हिन्दी 😀😀 1234 ٣٤',
];

const nastyTexts = (seed: number, count: number) =>
  Array.from({ length: count }, (_, i) => nastyText(1000 * seed + i).slice(0, 60));

/** All prefixes of a text's tokens. */
function prefixesOf(text: string): Prefix[] {
  const found: Prefix[] = [START];
  for (const id of tokenizer.encode(text).ids) found.push(extend(found.at(-1)!, id));
  return found;
}

describe('the encodings of a BPE over the pieces of GPT-2', () => {
  it('accept every text’s own tokens, and no others for the whole of it', () => {
    for (const text of [...TRICKY, ...nastyTexts(7, 12)]) {
      const prefixes = prefixesOf(text.toWellFormed());
      for (const [i, prefix] of prefixes.entries()) {
        const next = prefixes[i + 1];
        if (next) expect(encodings.after(prefix)[next.id], JSON.stringify(text)).toBe(1);
      }
      expect(encodings.isWhole(prefixes.at(-1)!), JSON.stringify(text)).toBe(true);
    }
    const none: LanguageModel = { vocabulary, next: async () => [], score: async () => [] };
    const exact = new ExactBytes(none, encodings);
    for (const text of [...TRICKY, ...nastyTexts(8, 6)]) {
      const whole = text.toWellFormed();
      const found = exact.encodings(encodeUtf8(whole)).at(-1)!;
      const own = found.filter((prefix) => encodings.isWhole(prefix));
      expect(own.map(idsOf), JSON.stringify(text)).toEqual([Array.from(tokenizer.encode(whole).ids)]);
      // The others wait for what follows: few, however long the text is.
      expect(found.length).toBeLessThan(8);
    }
  });

  it('allow exactly what begins the encoding of some longer text', () => {
    const ids = Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => {
      const [first = 0x61, second] = vocabulary.bytes(id);
      const isTricky = first <= 0x20 || first === 0x27 || (first >= 0x80 && second === undefined);
      if (vocabulary.bytes(id).some((byte) => byte >= 0xf0)) return false;
      return vocabulary.bytes(id).length > 0 && (id % (isTricky ? 7 : 41) === 0 || first === 0x27);
    });
    for (const text of ["I'", "'l", ".'", 'x  ', ' \n', 'a\u00a0\u3000', ' ', '1', "it's", 'Grü']) {
      const prefix = prefixesOf(text).at(-1)!;
      const before = Array.from(encodeUtf8(text));
      const allowed = encodings.after(prefix);
      for (const id of ids) {
        const bytes = Uint8Array.from([...before, ...vocabulary.bytes(id)]);
        const isShown = proves([...idsOf(prefix), id], bytes);
        expect(isShown, `${JSON.stringify(text)} and ${vocabulary.bytes(id)}`).toBe(allowed[id] === 1);
      }
    }
  });
});

const known = new Map<string, number[]>();

/** Whether some text that goes on behind tokens has these as its first ones. */
function proves(ids: readonly number[], bytes: Uint8Array): boolean {
  const key = ids.join(' ');
  return completed(bytes).some((whole) =>
    NEXT.some((next) => {
      const found = tokenizer.encode(whole + next).ids;
      return Array.from(found.subarray(0, ids.length)).join(' ') === key;
    }),
  );
}

/** Texts that begin with bytes, which may end within a character: one of each kind of character. */
function completed(bytes: Uint8Array): string[] {
  const text = decodeUtf8(bytes);
  if (isSame(encodeUtf8(text), bytes)) return [text];
  let lead = bytes.length - 1;
  while (lead >= 0 && bytes[lead]! >= 0x80 && bytes[lead]! < 0xc0) lead--;
  // Of the four-byte characters there are too many to try.
  if (lead < 0 || bytes[lead]! >= 0xf0) return [];
  const head = decodeUtf8(bytes.subarray(0, lead));
  if (!isSame(encodeUtf8(head), bytes.subarray(0, lead))) return [];
  const kinds = new Map<string, string[]>();
  const begin = bytes.subarray(lead);
  const of = known.get(begin.join()) ?? points(begin);
  known.set(begin.join(), of);
  for (const point of of) {
    const char = String.fromCodePoint(point);
    const kind = /\p{L}/u.test(char)
      ? 'L'
      : /\p{N}/u.test(char)
        ? 'N'
        : /\p{White_Space}/u.test(char)
          ? 'S'
          : 'P';
    const chars = kinds.get(kind) ?? [];
    chars.push(char);
    kinds.set(kind, chars);
  }
  // Some of each kind: with one of them the vocabulary may have a longer token.
  return [...kinds.values()].flatMap((chars) =>
    chars.filter((_, i) => i % Math.ceil(chars.length / 5) === 0).map((char) => head + char),
  );
}

/** Code points whose UTF-8 begins with some bytes. */
function points(begin: Uint8Array): number[] {
  const [lead = 0] = begin;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (begin.length > length) return [];
  let low = lead & (length === 4 ? 7 : length === 3 ? 15 : 31);
  for (let i = 1; i < begin.length; i++) low = (low << 6) | (begin[i]! & 63);
  const rest = 6 * (length - begin.length);
  const found: number[] = [];
  for (let i = 0; i < 2 ** rest; i++) {
    const point = low * 2 ** rest + i;
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) continue;
    const bytes = encodeUtf8(String.fromCodePoint(point));
    if (bytes.length === length && isSame(bytes.subarray(0, begin.length), begin)) found.push(point);
  }
  return found;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
