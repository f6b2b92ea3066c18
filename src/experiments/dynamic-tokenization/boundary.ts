import { scannerFor } from '../../tokenizers/pretokenizers/scanner-for';

/** What a merged token may not reach across. */
export const boundaries = ['pretokens', 'word', 'word-hyphen', 'sentence'] as const;
export type Boundary = (typeof boundaries)[number];

/** GPT-2's division of texts, for base tokenizers that have no expression of their own. */
export const GPT2_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/** Two tokens as binary strings (a character a byte), and whether the second one is the base tokenizer's. */
export interface Neighbours {
  readonly left: string;
  readonly right: string;
  readonly leftIsBase: boolean;
  readonly rightIsBase: boolean;
}

const SPACES = /^[ \t\n]*$/;
const INNER_SPACE = /.[ \t\n]/s;
const WORDS = /\P{White_Space}+/gu;
const MARK = /[.,!?;:()\-"'\\/`$%&*+<=>@[\]^_{|}~]/;
const DIGIT = /[0-9]/;

/**
 * Whether two neighbours may become one token. Only what they spell together is asked, not where they stand; bytes that
 * are no whole characters may always be merged.
 * @param pattern how the base tokenizer divides texts before it merges, for `pretokens`
 * @throws SyntaxError where the pattern is not understood
 */
export function boundaryRule(boundary: Boundary, pattern: string): (pair: Neighbours) => boolean {
  if (boundary === 'sentence') return () => true;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const inOnePiece = boundary === 'pretokens' ? onePiece(pattern) : inOneWord;
  return (pair) => {
    const joined = pair.left + pair.right;
    // A space within a token only between spaces.
    if (INNER_SPACE.test(joined) && !SPACES.test(joined)) return false;
    const bytes = Uint8Array.from(joined, (letter) => letter.charCodeAt(0));
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      return true;
    }
    if (!inOnePiece(text, bytes)) return false;
    return boundary !== 'word-hyphen' || !endsWithMark(pair);
  };
}

/** Punctuation after what is none, a hyphen excepted. */
function endsWithMark({ left, right, leftIsBase, rightIsBase }: Neighbours): boolean {
  return !(leftIsBase && isMark(left)) && rightIsBase && isMark(right) && right !== '-';
}

function isMark(token: string): boolean {
  return MARK.test(token) && !DIGIT.test(token);
}

function inOneWord(text: string): boolean {
  return text.match(WORDS)?.length === 1;
}

function onePiece(pattern: string): (text: string, bytes: Uint8Array) => boolean {
  const scanner = scannerFor(pattern)();
  return (text, bytes) => {
    scanner.begin(text, 0, text.length, bytes, 0, bytes.length);
    return scanner.next() === bytes.length;
  };
}
