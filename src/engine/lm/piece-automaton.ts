import { isLetter } from '../../tokenizers/pretokenizers/byte-scanner';
import { classAt, lengthOf, NUMBER, SPACE } from '../../tokenizers/pretokenizers/unicode-classes';

/**
 * Where GPT-2's expression cuts a text into pieces, followed character by character:
 * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
 * What is behind a place decides some cuts before it (the last of several spaces goes with the word that follows, 're is
 * a piece and 'ra is not), so that there are guesses: states of which a later character refutes all but one.
 */
export type PieceState = number;

/** Nothing is open: the next character begins a piece. */
export const BEGIN: PieceState = 0;
const LETTERS = 1;
const DIGITS = 2;
const MARKS = 3;
/** An apostrophe that begins a piece. */
const APOSTROPHE = 4;
/** 'r or 'v of which an e makes a piece, and 'l of which an l does: nothing else may follow. */
const NEEDS_E = 5;
const NEEDS_L = 6;
/** An r or v behind an apostrophe that is a piece of its own, so that no e may follow; an l likewise. */
const NO_E = 7;
const NO_L = 8;
/** A space that goes with the letters, digits or marks behind it. */
const LEADS = 9;
/** The last of some white space, no space or with no such character behind it: a piece of its own, no white space follows. */
const LAST = 10;
/** Within white space whose end is not the last one before other characters: only white space or the text's end follows. */
const BLANK = 11;

/** What characters are told apart by, as bits. */
export const LETTER = 1;
export const DIGIT = 2;
export const MARK = 4;
export const WHITE = 8;

/** Bits of each character: what kind it is, and which one where that matters. */
export interface Char {
  readonly kind: number;
  /** Of ASCII; -1 for others. */
  readonly ascii: number;
}

/** States behind a character: where a piece begins with it, and where it goes on with a piece. */
export interface Steps {
  readonly cut: readonly PieceState[];
  readonly joined: readonly PieceState[];
}

const E = 0x65;
const L = 0x6c;
const NONE: readonly PieceState[] = [];

/** What may be behind one more character. */
export function step(state: PieceState, char: Char): Steps {
  const { kind, ascii } = char;
  const anew = { cut: begun(char), joined: NONE };
  const same = (mine: number, next: PieceState) => (kind === mine ? { cut: NONE, joined: [next] } : anew);
  switch (state) {
    case LETTERS:
      return same(LETTER, LETTERS);
    case NO_E:
      return ascii === E ? NOWHERE : same(LETTER, LETTERS);
    case NO_L:
      return ascii === L ? NOWHERE : same(LETTER, LETTERS);
    case DIGITS:
      return same(DIGIT, DIGITS);
    case MARKS:
      return same(MARK, MARKS);
    case APOSTROPHE:
      return kind === MARK ? { cut: NONE, joined: [MARKS] } : kind === LETTER ? contracted(ascii) : anew;
    case NEEDS_E:
      return ascii === E ? { cut: NONE, joined: [BEGIN] } : NOWHERE;
    case NEEDS_L:
      return ascii === L ? { cut: NONE, joined: [BEGIN] } : NOWHERE;
    case LEADS: {
      if (kind === WHITE) return NOWHERE;
      return { cut: NONE, joined: [kind === LETTER ? LETTERS : kind === DIGIT ? DIGITS : MARKS] };
    }
    case LAST:
      return kind === WHITE ? NOWHERE : anew;
    case BLANK:
      if (kind !== WHITE) return NOWHERE;
      return { cut: [ascii === 0x20 ? LEADS : LAST], joined: [BLANK] };
    default:
      return anew;
  }
}

/** Whether a text may end in a state. */
export function mayEnd(state: PieceState): boolean {
  return state !== NEEDS_E && state !== NEEDS_L && state !== LEADS && state !== LAST;
}

const NOWHERE: Steps = { cut: NONE, joined: NONE };

function begun({ kind, ascii }: Char): readonly PieceState[] {
  if (kind === LETTER) return [LETTERS];
  if (kind === DIGIT) return [DIGITS];
  if (kind === MARK) return [ascii === 0x27 ? APOSTROPHE : MARKS];
  return [ascii === 0x20 ? LEADS : LAST, BLANK];
}

/** Behind an apostrophe and a letter: with s, t, m and d one piece. */
function contracted(ascii: number): Steps {
  switch (String.fromCharCode(ascii)) {
    case 's':
    case 't':
    case 'm':
    case 'd':
      return { cut: NONE, joined: [BEGIN] };
    case 'r':
    case 'v':
      return { cut: [NO_E], joined: [NEEDS_E] };
    case 'l':
      return { cut: [NO_L], joined: [NEEDS_L] };
    default:
      return { cut: [LETTERS], joined: NONE };
  }
}

/** The character at a place of well-formed UTF-8. */
export function charAt(bytes: Uint8Array, at: number): Char {
  return { kind: kindAt(bytes, at), ascii: bytes[at]! < 0x80 ? bytes[at]! : -1 };
}

function kindAt(bytes: Uint8Array, at: number): number {
  const found = classAt(bytes, at);
  return isLetter(found) ? LETTER : found === NUMBER ? DIGIT : found === SPACE ? WHITE : MARK;
}

/**
 * The kinds, as bits, of the characters that begin with some bytes of UTF-8.
 * @param begin the beginning of a character
 * @param known kept answers, by the bytes
 */
export function kindsOf(begin: readonly number[], known: Map<string, number>): number {
  const length = lengthOf(begin[0]!);
  const bytes = new Uint8Array(length);
  bytes.set(begin);
  if (begin.length === length) return charAt(bytes, 0).kind;
  const key = begin.join(' ');
  const answer = known.get(key);
  if (answer !== undefined) return answer;
  let kinds = 0;
  const visit = (at: number): void => {
    for (let byte = 0x80; byte < 0xc0; byte++) {
      if (at === 1 && !isSecond(begin[0]!, byte)) continue;
      bytes[at] = byte;
      if (at + 1 < length) visit(at + 1);
      else kinds |= kindAt(bytes, 0);
    }
  };
  visit(begin.length);
  known.set(key, kinds);
  return kinds;
}

/** Whether a byte may stand behind the first one: no character is longer than it must be, and none is half of a pair. */
export function isSecond(lead: number, byte: number): boolean {
  if (byte < 0x80 || byte > 0xbf) return false;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  if (lead === 0xf4) return byte < 0x90;
  return true;
}
