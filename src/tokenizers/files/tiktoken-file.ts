import { TokenoscopeError } from '../../core/errors';
import type { Tokenizer } from '../../core/text/tokens';
import { halvesByRank } from '../bpe/left-lengths';
import { rankBpe } from '../bpe/rank-bpe';
import { RankTokenizer } from '../bpe/rank-tokenizer';
import { NormalizingTokenizer } from '../normalizing-tokenizer';
import { scannerFor } from '../pretokenizers/scanner-for';
import { SpecialTokens } from '../special-tokens';
import type { Vocabulary } from '../vocabulary';
import { decodeBase64, isPadding } from './base64';
import { chooseEncoding, type Encodings, NO_SPECIAL } from './choose-encoding';
import { placeIn } from './file-place';
import { type Steps, within } from './steps';
import { TokenList } from './token-list';
import type { TokenizerConfig } from './tokenizer-config';

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
/** Longer tokens are a sign of damage; the longest known one has 256 bytes. */
const LONGEST = 65_535;

/** A tokenizer from a .tiktoken file. */
export interface TiktokenFile {
  readonly tokenizer: Tokenizer;
  readonly notes: readonly string[];
  /** How its texts are split, and how else they could be: the file does not say. */
  readonly encodings: Encodings;
}

/**
 * Builds a tokenizer from a `.tiktoken` file, `base64 rank` on each line, in small steps.
 * @param encoding the id of the encoding that it is; by default the one with as many tokens
 * @param config what lies beside it, where something does: the special tokens that it lists take the place of those known
 * @throws TokenoscopeError `tokenizer-corrupt` that names the line; `tokenizer-unknown` for an unknown encoding
 */
export function* tiktokenSteps(
  bytes: Uint8Array,
  name: string,
  encoding?: string,
  config?: TokenizerConfig,
): Steps<TiktokenFile> {
  const { vocabulary, count } = yield* within(0, 0.6, readTiktoken(bytes, name));
  const { pattern, normalizer, special: known, note, encodings } = chooseEncoding(count, encoding);
  const added = config?.added ?? [];
  const listed = Object.fromEntries(added.map(({ content, id }) => [content, id]));
  const special = added.length > 0 ? listed : known;
  const halves = yield* within(0.6, 1, halvesByRank(vocabulary));
  const bpe = rankBpe({ vocabulary, ...halves });
  const tokens = new SpecialTokens(special);
  const tokenizer = new RankTokenizer(vocabulary, bpe, scannerFor(pattern), tokens);
  return {
    tokenizer: normalizer ? new NormalizingTokenizer(tokenizer, normalizer, tokens) : tokenizer,
    notes: [added.length > 0 ? note.replace(NO_SPECIAL, '') : note, ...missingBytes(vocabulary)],
    encodings,
  };
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
  const list = yield* within(0, 0.7, readLines(bytes, fail));
  if (list.count === 0) throw fail('it has no tokens', bytes.length);
  return { vocabulary: yield* within(0.7, 1, list.finish(false)), count: list.count };
}

/** A note where texts can hold bytes that have no token. */
function missingBytes(vocabulary: Vocabulary): string[] {
  let missing = 0;
  // Other bytes are in no UTF-8.
  for (let byte = 0; byte <= 0xf4; byte++) {
    if (byte !== 0xc0 && byte !== 0xc1 && vocabulary.find(Uint8Array.of(byte), 0, 1) < 0) missing++;
  }
  if (missing === 0) return [];
  const bytes = missing === 1 ? '1 byte' : `${missing} bytes`;
  return [
    `The file has no token for ${bytes} of the 243 that texts are made of: not every text can be tokenized.`,
  ];
}

function* readLines(
  bytes: Uint8Array,
  fail: (what: string, at: number) => TokenoscopeError,
): Steps<TokenList> {
  const list = new TokenList(fail);
  let token = new Uint8Array(1024);
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    if (bytes[end - 1] === RETURN) end--;
    if (end > start) {
      const space = bytes.subarray(start, end).indexOf(SPACE);
      const rank = space > 0 ? rankIn(bytes, start + space + 1, end) : -1;
      if (rank < 0) throw fail('a line is not "base64 rank"', start);
      if (space > token.length) token = new Uint8Array(2 * space);
      const length = lengthIn(bytes, start, start + space, token);
      if (length < 0) throw fail('a line has no valid base64', start);
      if (length > LONGEST) throw fail(`a token is longer than ${LONGEST.toLocaleString('en')} bytes`, start);
      list.add(token, 0, length, rank, start);
      if ((list.count & 1023) === 0) yield next / bytes.length;
    }
    start = next;
  }
  return list;
}

/** Python, which reads these files elsewhere, takes padding alone for no bytes: so Whisper's last token is empty. */
function lengthIn(bytes: Uint8Array, start: number, end: number, token: Uint8Array): number {
  return isPadding(bytes, start, end) ? 0 : decodeBase64(bytes, start, end, token);
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
