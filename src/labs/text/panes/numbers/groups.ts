/** How the digits before the decimal point are grouped into tokens. */
export type Grouping =
  /** All of them are in one token. */
  | 'one'
  /** Groups of one length, whichever end one begins at. */
  | 'both'
  /** As thousands are written: only the first group may be shorter. */
  | 'right'
  /** Only the last group may be shorter: a digit's place in its group depends on the number's length. */
  | 'left'
  | 'neither';

/** A piece of a number that one token covers. */
export interface NumberPiece {
  readonly text: string;
  /** The token's place in the sequence. */
  readonly token: number;
}

/** A number, cut. */
export interface CutNumber {
  readonly number: string;
  readonly pieces: readonly NumberPiece[];
  /** Characters before the decimal point: what is lined up. */
  readonly before: number;
  /** Undefined where there is no units digit, as in dates. */
  readonly grouping: Grouping | undefined;
  readonly digits: number;
  /** Tokens that hold a digit. */
  readonly digitTokens: number;
}

const DIGIT = /\p{Nd}/u;

/** Byte spans of tokens. */
interface Spans {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/**
 * @param spans of the tokens, in bytes of `lead` and the number
 * @param lead bytes before the number, as those of a space
 */
export function cutNumber(number: string, { starts, ends }: Spans, lead = 0): CutNumber {
  const characters = [...number];
  const owners = ownersOf(characters, { starts, ends }, lead);
  const pieces: { text: string; token: number }[] = [];
  for (const [i, character] of characters.entries()) {
    const last = pieces.at(-1);
    if (last && i > 0 && owners[i] === owners[i - 1]) last.text += character;
    else pieces.push({ text: character, token: owners[i]! });
  }
  const before = unitsEnd(characters);
  const isDigit = characters.map((character) => DIGIT.test(character));
  const ofDigits = owners.filter((_, i) => isDigit[i]);
  const whole = owners.slice(0, before ?? 0).filter((_, i) => isDigit[i]);
  return {
    number,
    pieces,
    before: before ?? characters.length,
    grouping: before === undefined ? undefined : groupingOf(lengths(whole)),
    digits: ofDigits.length,
    digitTokens: new Set(ofDigits).size,
  };
}

/** For each character the token that holds its first byte; -1 where none does. */
function ownersOf(characters: readonly string[], { starts, ends }: Spans, lead: number): readonly number[] {
  let byte = lead;
  return characters.map((character) => {
    const at = byte;
    byte += new TextEncoder().encode(character).length;
    // The latest one: a token of the space before covers the first character too in some tokenizers.
    for (let i = starts.length - 1; i >= 0; i--) if (starts[i]! <= at && at < ends[i]!) return i;
    return -1;
  });
}

/** Where the decimal point is, in characters; undefined for what is no single number, as a date. */
function unitsEnd(characters: readonly string[]): number | undefined {
  const text = characters.map((character) => (DIGIT.test(character) ? '0' : character)).join('');
  const sign = /^[+\-−$€£]*/.exec(text)![0].length;
  const body = text.slice(sign);
  if (/^0+$/.test(body)) return characters.length;
  // Thousands in threes, with one kind of separator; then a point or comma of another kind.
  const grouped = /^0{1,3}(?:(?<separator>[,.'’_ \u00a0\u202f])000(?:\k<separator>000)*)?(?:[.,]0+)?$/.exec(
    body,
  );
  const plain = /^0*([.,])0+$/.exec(body);
  const separator = grouped?.groups?.['separator'];
  if (separator !== undefined) {
    const end = body.search(separator === ',' ? /\.0+$/ : /(?!^),0+$/);
    return sign + (end < 0 ? body.length : end);
  }
  return plain ? sign + body.indexOf(plain[1]!) : undefined;
}

/** Lengths of runs of equal values. */
function lengths(owners: readonly number[]): readonly number[] {
  const runs: number[] = [];
  for (const [i, owner] of owners.entries()) {
    if (i > 0 && owner === owners[i - 1]) runs[runs.length - 1]!++;
    else runs.push(1);
  }
  return runs;
}

/** @param groups digits of each token, from the left */
export function groupingOf(groups: readonly number[]): Grouping {
  if (groups.length <= 1) return 'one';
  const longest = Math.max(...groups);
  const isRight = groups.slice(1).every((length) => length === longest);
  const isLeft = groups.slice(0, -1).every((length) => length === longest);
  if (isRight && isLeft) return 'both';
  if (isRight) return 'right';
  return isLeft ? 'left' : 'neither';
}

/** What a tokenizer does to all of the numbers. */
export interface NumberFigures {
  readonly digitsPerToken: number | undefined;
  /** Numbers of more than one token, and how many of them are grouped from the right. */
  readonly divided: number;
  readonly aligned: number;
}

export function figuresOf(cuts: readonly CutNumber[]): NumberFigures {
  const digits = cuts.reduce((sum, cut) => sum + cut.digits, 0);
  const tokens = cuts.reduce((sum, cut) => sum + cut.digitTokens, 0);
  const divided = cuts.filter(({ grouping }) => grouping !== undefined && grouping !== 'one');
  return {
    digitsPerToken: tokens === 0 ? undefined : digits / tokens,
    divided: divided.length,
    aligned: divided.filter(({ grouping }) => grouping === 'right' || grouping === 'both').length,
  };
}
