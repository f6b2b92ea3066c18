import { decodeUtf8 } from '../../core/text/utf8';

/** The scripts of a vocabulary's tokens. */
export interface TokenScripts {
  /** By id: a place in `scriptNames`. */
  readonly scripts: Uint8Array;
  readonly scriptNames: readonly string[];
}

/** Scripts of Unicode that are told apart, by their names there. */
const NAMES =
  'Latin Cyrillic Greek Han Hiragana Katakana Hangul Arabic Hebrew Devanagari Bengali Tamil Telugu Kannada Malayalam Gujarati Gurmukhi Oriya Sinhala Thai Lao Tibetan Myanmar Khmer Georgian Armenian Ethiopic Mongolian Thaana Syriac Cherokee Canadian_Aboriginal'.split(
    ' ',
  );

/** Kinds of tokens without letters, and with letters of several scripts; in this order after the scripts. */
const OTHERS = [
  'Other script',
  'Several scripts',
  'Digits',
  'Punctuation and symbols',
  'White space',
  'Part of a character',
];
const OTHER = NAMES.length;
const SEVERAL = OTHER + 1;
const DIGITS = OTHER + 2;
const SYMBOLS = OTHER + 3;
const SPACES = OTHER + 4;
const PARTS = OTHER + 5;
const NO_SCRIPT = 254;
const UNKNOWN = 255;

/** The script of every token, in steps; special and added tokens count by their text as well. */
export function* tokenScripts(
  pool: Uint8Array,
  offsets: Uint32Array,
  flags: Uint8Array,
): Generator<number, TokenScripts> {
  const size = flags.length;
  const scripts = new Uint8Array(size);
  const tests = NAMES.map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));
  const known = new Uint8Array(0x110000).fill(UNKNOWN);
  const scriptOf = (point: number): number => {
    let script = known[point]!;
    if (script !== UNKNOWN) return script;
    const character = String.fromCodePoint(point);
    if (/[\p{Script=Common}\p{Script=Inherited}\p{Script=Unknown}]/u.test(character)) script = NO_SCRIPT;
    else {
      const found = tests.findIndex((test) => test.test(character));
      script = found < 0 ? OTHER : found;
    }
    known[point] = script;
    return script;
  };
  for (let id = 0; id < size; id++) {
    const start = offsets[id]!;
    const end = offsets[id + 1]!;
    if (end > start) scripts[id] = ofToken(pool, start, end, scriptOf);
    if ((id & 1023) === 1023) yield 0.8 + (0.2 * id) / size;
  }
  return { scripts, scriptNames: [...NAMES.map((name) => name.replace('_', ' ')), ...OTHERS] };
}

function ofToken(pool: Uint8Array, start: number, end: number, scriptOf: (point: number) => number): number {
  const text = decodeUtf8(pool.subarray(start, end));
  if (text.includes('\ufffd')) return PARTS;
  let script = NO_SCRIPT;
  for (const character of text) {
    const one = scriptOf(character.codePointAt(0)!);
    if (one === NO_SCRIPT || one === script) continue;
    if (script !== NO_SCRIPT) return SEVERAL;
    script = one;
  }
  if (script !== NO_SCRIPT) return script;
  if (/^\s*$/u.test(text)) return SPACES;
  return /\p{N}/u.test(text) ? DIGITS : SYMBOLS;
}
