import { TokenoscopeError } from '../../core/errors';
import { BacktrackingBpe } from '../bpe/backtracking';
import { leftLengthsByRank } from '../bpe/left-lengths';
import { RankMerges } from '../bpe/merges';
import { RankTokenizer } from '../bpe/rank-tokenizer';
import { scannedPatterns, scannerFor } from '../pretokenizers/scanner-for';
import { SpecialTokens } from '../special-tokens';
import type { Vocabulary } from '../vocabulary';
import { decodeBase64 } from './base64';
import { placeIn } from './file-place';
import { type Steps, within } from './steps';
import { TokenList } from './token-list';

/** The known expression for each number of tokens, because the file does not name its own. */
const PATTERNS: readonly (readonly [tokens: number, pattern: string, name: string])[] = [
  [50256, scannedPatterns[0]!, 'GPT-2'],
  [50280, scannedPatterns[0]!, 'p50k'],
  [199998, scannedPatterns[3]!, 'o200k'],
];

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
/** The tables of merges hold lengths of a byte. */
const LONGEST = 255;

/**
 * Builds a tokenizer from a `.tiktoken` file, `base64 rank` on each line, in small steps.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the line
 */
export function* tiktokenSteps(
  bytes: Uint8Array,
  name: string,
): Steps<{ tokenizer: RankTokenizer; notes: string[] }> {
  const { vocabulary, count } = yield* readTiktoken(bytes, name);
  return tokenizerOf(vocabulary, count);
}

/**
 * Reads a `.tiktoken` file in small steps: the tokens by rank, and how many there are.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the line
 */
export function* readTiktoken(
  bytes: Uint8Array,
  name: string,
): Steps<{ vocabulary: Vocabulary; count: number }> {
  const fail = (what: string, at: number) =>
    new TokenoscopeError(
      'tokenizer-corrupt',
      `${name} is not usable as a .tiktoken file: ${what} (${placeIn(bytes, at)}).`,
      'Check that the file is complete and unchanged.',
    );
  const list = yield* within(0, 0.5, readLines(bytes, fail));
  const vocabulary = yield* within(0.5, 0.7, list.finish(false));
  for (let byte = 0; byte < 256; byte++) {
    if (vocabulary.find(new Uint8Array([byte]), 0, 1) < 0) {
      throw fail(`the byte ${byte} has no token, so not every text could be tokenized`, bytes.length);
    }
  }
  return { vocabulary, count: list.count };
}

function tokenizerOf(vocabulary: Vocabulary, count: number) {
  const known = PATTERNS.find(([size]) => size === count);
  const name = known?.[2] ?? 'cl100k';
  const merges = new RankMerges({ vocabulary, leftLengths: leftLengthsByRank(vocabulary) });
  const tokenizer = new RankTokenizer(
    vocabulary,
    new BacktrackingBpe(vocabulary, merges),
    scannerFor(known?.[1] ?? scannedPatterns[1]!),
    new SpecialTokens({}),
  );
  return {
    tokenizer,
    notes: [
      `The file does not say how to split text into pieces, nor its special tokens: both are those of ${name}.`,
    ],
  };
}

function* readLines(
  bytes: Uint8Array,
  fail: (what: string, at: number) => TokenoscopeError,
): Steps<TokenList> {
  const list = new TokenList(fail);
  const token = new Uint8Array(LONGEST + 3);
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    if (bytes[end - 1] === RETURN) end--;
    if (end > start) {
      const space = bytes.subarray(start, end).indexOf(SPACE);
      const rank = space > 0 ? rankIn(bytes, start + space + 1, end) : -1;
      if (rank < 0) throw fail('a line is not "base64 rank"', start);
      if (space > 4 * Math.ceil(LONGEST / 3)) throw fail(`a token is longer than ${LONGEST} bytes`, start);
      const length = decodeBase64(bytes, start, start + space, token);
      if (length < 0) throw fail('a line has no valid base64', start);
      if (length === 0 || length > LONGEST) throw fail(`a token has ${length} bytes`, start);
      list.add(token, 0, length, rank, start);
      if ((list.count & 1023) === 0) yield next / bytes.length;
    }
    start = next;
  }
  return list;
}

function rankIn(bytes: Uint8Array, start: number, end: number): number {
  let rank = start < end ? 0 : -1;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    rank = rank * 10 + digit;
  }
  return rank;
}
