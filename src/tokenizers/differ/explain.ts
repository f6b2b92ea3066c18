import type { EncodeOptions } from '../../core/text/token-sequence';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { type CompareBy, firstParting, type Parting, type Pieces } from './parting';

/** A tokenizer as the comparison asks it: several texts at once, because it may be in a worker. */
export interface Side {
  encode(texts: readonly string[], options: EncodeOptions): Promise<readonly Pieces[]>;
  /** The token with these bytes, of each; undefined where the vocabulary has none. */
  find(tokens: readonly Uint8Array[]): Promise<readonly (number | undefined)[]>;
}

/** What most likely makes two tokenizers differ on a text. */
export interface Likely {
  readonly kind:
    | 'special-tokens'
    | 'added-around'
    | 'prefix-space'
    | 'normalizer'
    | 'vocabulary'
    | 'numbering'
    | 'pattern'
    | 'merges';
  /** One sentence, without the names of the two: `{first}` and `{second}` stand for them. */
  readonly words: string;
}

/** Where and why two tokenizers differ on a text. */
export interface Difference {
  readonly parting: Parting;
  /** The shortest part of the text found on which they still differ. */
  readonly shortest: string;
  readonly likely: Likely;
}

/** Most rounds of shortening a text. */
const ROUNDS = 24;

/** Edits that a normalizer may make, by name. A text that already has them made is the same to both. */
const NORMALIZERS: readonly (readonly [string, (text: string) => string])[] = [
  ['Unicode NFC', (text) => text.normalize('NFC')],
  ['Unicode NFD', (text) => text.normalize('NFD')],
  ['Unicode NFKC', (text) => text.normalize('NFKC')],
  ['lower case', (text) => text.toLowerCase()],
  ['accents removed', (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '')],
  ['control and format characters removed', (text) => text.replace(/(?![\t\n\r])[\p{Cc}\p{Cf}\ufffd]/gu, '')],
  ['whitespace made single spaces', (text) => text.replace(/\s+/gu, ' ')],
  ['whitespace at the ends removed', (text) => text.trim()],
];

/** Finds the first difference on a text and its likely reason; undefined where there is none. */
export async function explain(
  text: string,
  first: Side,
  second: Side,
  by: CompareBy,
  options: EncodeOptions,
): Promise<Difference | undefined> {
  const both = async (texts: readonly string[], how = options, other = how) => {
    const [a, b] = await Promise.all([first.encode(texts, how), second.encode(texts, other)]);
    return texts.map((_, i) => ({ a: a[i]!, b: b[i]!, parting: firstParting(a[i]!, b[i]!, by) }));
  };
  const parting = (await both([text]))[0]!.parting;
  if (!parting) return undefined;
  const agree = async (edited: string, how = options, other = how) =>
    (await both([edited], how, other))[0]!.parting === undefined;

  const shortest = await shorten(text, parting, async (texts) =>
    (await both(texts)).map(({ parting }) => parting !== undefined),
  );
  const likely = (kind: Likely['kind'], words: string): Difference => ({
    parting,
    shortest,
    likely: { kind, words },
  });

  if (options.addSpecialTokens && (await agree(shortest, { ...options, addSpecialTokens: false }))) {
    return likely('added-around', 'They put different tokens around a text, or only one of them does.');
  }
  const parse = { ...options, special: 'parse' } as const;
  const asText = { ...options, special: 'text' } as const;
  if ((await agree(shortest, parse)) || (await agree(shortest, asText))) {
    return likely('special-tokens', 'Only one of them has a special token that is written here.');
  }
  if (await agree(shortest, parse, asText)) {
    return likely('special-tokens', 'What is a special token of {first} is plain text to {second}.');
  }
  if (await agree(shortest, asText, parse)) {
    return likely('special-tokens', 'What is a special token of {second} is plain text to {first}.');
  }
  const { a, b } = (await both([shortest]))[0]!;
  const spaced = (await both([` ${shortest}`]))[0]!;
  const ids = (pieces: Pieces) => Array.from(pieces.ids).join();
  if (by === 'ids' && ids(a) === ids(spaced.b)) {
    return likely('prefix-space', '{first} puts a space before the text; {second} does not.');
  }
  if (by === 'ids' && ids(b) === ids(spaced.a)) {
    return likely('prefix-space', '{second} puts a space before the text; {first} does not.');
  }
  // A normalizer gives one of the two the same tokens for the text as it is and for what it makes of it.
  const normalized = NORMALIZERS.map(([name, edit]) => [name, edit(shortest)] as const).filter(
    ([, edited]) => edited !== shortest && edited !== '',
  );
  const results = await both(normalized.map(([, edited]) => edited));
  for (const [i, edited] of results.entries()) {
    const unmoved = [ids(edited.a) === ids(a), ids(edited.b) === ids(b)];
    if (edited.parting || unmoved[0] === unmoved[1]) continue;
    return likely(
      'normalizer',
      `${unmoved[0] ? '{first}' : '{second}'} reads it as its normal form (${normalized[i]![0]}); on that, both agree.`,
    );
  }
  return { parting, shortest, likely: await fromVocabulary(shortest, a, b, first, second, by, options) };
}

/** What the two vocabularies say of the tokens at the first difference. */
async function fromVocabulary(
  text: string,
  a: Pieces,
  b: Pieces,
  first: Side,
  second: Side,
  by: CompareBy,
  options: EncodeOptions,
): Promise<Likely> {
  const bytes = encodeUtf8(text);
  const at = firstParting(a, b, by)!;
  const cut = (pieces: Pieces, [from, to]: readonly [number, number]) =>
    Array.from({ length: to - from }, (_, i) =>
      bytes.slice(pieces.starts[from + i]!, pieces.ends[from + i]!),
    ).filter((piece) => piece.length > 0);
  const [ofFirst, ofSecond] = [cut(a, at.first), cut(b, at.second)];
  const isSameCut =
    ofFirst.length === ofSecond.length && ofFirst.every((piece, i) => same(piece, ofSecond[i]!));
  if (isSameCut) {
    return { kind: 'numbering', words: 'The same piece has another number, or is unknown to one of them.' };
  }
  const show = (piece: Uint8Array) => `“${decodeUtf8(piece)}”`;
  for (const [pieces, side, has, lacks] of [
    [ofFirst, second, '{first}', '{second}'],
    [ofSecond, first, '{second}', '{first}'],
  ] as const) {
    const found = await side.find(pieces);
    const missing = pieces.find((_, i) => found[i] === undefined);
    if (missing) {
      return { kind: 'vocabulary', words: `${has} has a token ${show(missing)}; ${lacks} has none.` };
    }
  }
  // Both have all these tokens: the longest one, alone, tells whether the text around it matters.
  const longest = [...ofFirst, ...ofSecond].reduce((x, y) => (y.length > x.length ? y : x));
  const isOfFirst = ofFirst.includes(longest);
  const side = isOfFirst ? second : first;
  const other = isOfFirst ? '{second}' : '{first}';
  const alone = (await side.encode([decodeUtf8(longest)], options))[0]!;
  if (alone.ids.length === 1) {
    return {
      kind: 'pattern',
      words: `${other} makes one token of ${show(longest)} alone, but splits it here: their patterns cut words differently.`,
    };
  }
  return {
    kind: 'merges',
    words: `${other} has a token ${show(longest)} but does not come to it: its merges, scores or pattern differ.`,
  };
}

/** Shortens a text around its parting for as long as the two still differ on it. */
async function shorten(
  text: string,
  { start, end }: Parting,
  differs: (texts: readonly string[]) => Promise<readonly boolean[]>,
): Promise<string> {
  const bytes = encodeUtf8(text);
  let points = Array.from(text);
  for (const margin of [0, 16, 200]) {
    const part = decodeUtf8(bytes.slice(back(bytes, start - margin), forward(bytes, end + margin)));
    if (part !== '' && part.length < text.length && (await differs([part]))[0]) {
      points = Array.from(part);
      break;
    }
  }
  if (points.length > 4000) return points.join('');
  let step = Math.max(1, points.length >> 1);
  for (let round = 0; round < ROUNDS && points.length > 1; round++) {
    const shorter = [points.slice(step), points.slice(0, -step)];
    // Out of the middle as well, once the pieces are small.
    if (step <= 2)
      for (let i = 1; i + step < points.length && i < 40; i++) shorter.push(points.toSpliced(i, step));
    const texts = shorter.filter((one) => one.length > 0);
    const results = texts.length > 0 ? await differs(texts.map((one) => one.join(''))) : [];
    const found = results.indexOf(true);
    if (found >= 0) {
      points = texts[found]!;
      step = Math.min(step, Math.max(1, points.length >> 1));
    } else if (step === 1) break;
    else step = Math.max(1, step >> 1);
  }
  return points.join('');
}

function back(bytes: Uint8Array, at: number): number {
  let start = Math.max(0, at);
  while (start > 0 && (bytes[start]! & 0xc0) === 0x80) start--;
  return start;
}

function forward(bytes: Uint8Array, at: number): number {
  let end = Math.min(bytes.length, at);
  while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end++;
  return end;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
