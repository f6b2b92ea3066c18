import { decodeUtf8 } from '../../core/text/utf8';
import { Random } from './random';

/** First and last code points of scripts and blocks that tokenizers stumble over. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0x61, 0x7a],
  [0x41, 0x5a],
  [0x30, 0x39],
  [0x00, 0x1f],
  [0x80, 0x9f],
  [0xa0, 0xff],
  [0x100, 0x24f],
  [0x2b0, 0x36f], // modifier letters, combining marks
  [0x370, 0x52f], // Greek, Cyrillic
  [0x531, 0x5f4], // Armenian, Hebrew
  [0x600, 0x6ff], // Arabic
  [0x900, 0xdff], // Devanagari to Sinhala
  [0xe00, 0xfff], // Thai, Lao, Tibetan
  [0x10a0, 0x13ff], // Georgian, Hangul jamo, Ethiopic, Cherokee
  [0x1ab0, 0x1aff],
  [0x1c80, 0x1cbf],
  [0x1e00, 0x1fff],
  [0x2000, 0x206f], // spaces, bidi controls, joiners
  [0x2070, 0x218b], // superscripts, letter-likes, number forms
  [0x2460, 0x24ff],
  [0x2500, 0x27bf],
  [0x3000, 0x30ff],
  [0x4e00, 0x9fff],
  [0xa640, 0xa7ff],
  [0xac00, 0xd7a3],
  [0xd800, 0xdfff], // lone surrogates
  [0xe000, 0xe0ff],
  [0xf900, 0xfaff],
  [0xfe00, 0xfe6f],
  [0xfe70, 0xffff],
  [0x10000, 0x1049f],
  [0x1d400, 0x1d7ff],
  [0x1e900, 0x1e95f],
  [0x1f100, 0x1f1ff],
  [0x1f300, 0x1faff],
  [0x20000, 0x2a6df],
  [0xe0000, 0xe01ef],
  [0x10fff0, 0x10ffff],
];

const FRAGMENTS: readonly string[] = [
  ' ',
  '  ',
  '    ',
  '\t',
  '\n',
  '\r\n',
  '\n\n',
  ' \n',
  '\n ',
  '\r',
  '\v',
  '\f',
  '\u0085',
  '\u00a0',
  '\u2003',
  '\u2028',
  '\u202f',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u200d',
  '\ufe0f',
  '\u180e',
  "'s",
  "'S",
  "'t",
  "'re",
  "'RE",
  "'Ve",
  "'m",
  "'LL",
  "'d",
  "'ſ",
  "'\u017f",
  '’s',
  "'",
  "''s",
  "'x",
  'ſ',
  'K',
  'İ',
  'ı',
  'ß',
  'ẞ',
  'ǅ',
  'ﬁ',
  'Å',
  'Å',
  'e\u0301',
  'n\u0303',
  'ʼ',
  'ª',
  'º',
  '½',
  ' ½',
  '²',
  '①',
  '٣',
  '१२३',
  '𝟘',
  'Ⅻ',
  '〇',
  '1234567890',
  '3.14159',
  '0x1F',
  '1,000,000',
  '12:30',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '👍🏽',
  '🇩🇪',
  '🇹🇷🇫',
  '1️⃣',
  '❤️',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '😀😀',
  'Hello',
  ' world',
  'hello',
  'WORLD',
  'HelloWorld',
  'XMLHttpRequest',
  'camelCase',
  'snake_case',
  'iPhone',
  'the',
  ' the',
  ' The',
  'ing',
  'tokenization',
  'antidisestablishmentarianism',
  'supercalifragilistic',
  'naïve',
  'Straße',
  'façade',
  'über',
  'Привет',
  ' мир',
  'ПРИВЕТ',
  'Ελληνικά',
  'שלום',
  'مرحبا بالعالم',
  'नमस्ते',
  'สวัสดีชาวโลก',
  'こんにちは世界',
  '东京',
  '你好，世界！',
  '안녕하세요',
  'ქართული',
  'አማርኛ',
  'ᏣᎳᎩ',
  'Việt Nam',
  'İstanbul',
  'ağaç',
  'čeština',
  'ﷺ',
  '\u0f00\u0f0b',
  'a\u0300\u0301\u0302',
  '\u0301',
  'ำ',
  'ก็',
  'if (x) {\n    return y;\n}',
  '\tfor (int i = 0; i < n; ++i) {',
  '//',
  '/*',
  '*/',
  '://',
  'https://a.b/c?d=e',
  '</div>',
  '{{',
  '}}',
  '!==',
  '=>',
  '...',
  '…',
  '---',
  '——',
  '«»',
  '“q”',
  '???',
  '!!!',
  '$€£',
  '#',
  '@',
  '\\n',
  '\0',
  '\u0001',
  '\u007f',
  '\u001b[0m',
  '\ud800',
  '\udfff',
  '\udc00\ud800',
  '\uffff',
  '\ufffd',
  '<|endoftext|>',
  '<|endofprompt|>',
  '<|fim_prefix|>',
  '<|endoftext',
  '|>',
  '<s>',
  '</s>',
  '<unk>',
  '[CLS]',
  '[MASK]',
  'ÃÂ',
  'â€™',
  'Ð¿Ñ€',
  'ï»¿',
  'Ġ',
  'Ċ',
  '▁',
  '▁▁',
  '##ing',
  '<0x0A>',
];

/**
 * A short, hostile text: a mix of fragments known to break tokenizers and of random characters of all scripts.
 * The same seed gives the same text.
 */
export function nastyText(seed: number): string {
  const random = new Random(seed);
  const parts: string[] = [];
  for (let n = 1 + random.below(12); n > 0; n--) {
    const kind = random.below(11);
    if (kind < 5) parts.push(random.pick(FRAGMENTS));
    else if (kind < 8) parts.push(randomRun(random));
    else if (kind < 9)
      parts.push(random.pick(FRAGMENTS).repeat(1 + random.below(random.below(8) === 0 ? 90 : 6)));
    else if (kind < 10) parts.push(String.fromCodePoint(codePoint(random, random.pick(RANGES))));
    else parts.push(garbage(random));
  }
  return parts.join('');
}

function randomRun(random: Random): string {
  const range = random.pick(RANGES);
  let run = '';
  for (let n = 1 + random.below(12); n > 0; n--) run += String.fromCodePoint(codePoint(random, range));
  return run;
}

/** Bytes of no meaning, read as UTF-8 (much of it U+FFFD) or as Latin-1. */
function garbage(random: Random): string {
  const bytes = Uint8Array.from({ length: 1 + random.below(16) }, () => random.below(256));
  return random.below(2) === 0 ? decodeUtf8(bytes) : String.fromCharCode(...bytes);
}

function codePoint(random: Random, [first, last]: readonly [number, number]): number {
  return first + random.below(last - first + 1);
}
