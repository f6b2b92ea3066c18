import { TokenoscopeError } from '../core/errors';
import { countText, countWords } from '../core/text/counts';
import type { SpecialTokens, TokenSequence } from '../core/text/token-sequence';
import type { Tokenizer } from '../core/text/tokens';
import { decodeUtf8 } from '../core/text/utf8';
import { type CutText, measureText } from '../measures/text-measures';
import { badArguments, defineCommand, flag, optional } from './command';
import type { CliIo } from './io';
import { PROGRAM } from './program';
import { specialOption } from './special-argument';
import { limitTime } from './time-limit';
import { encodingOption, openTokenizerArgument, tokenizerOption } from './tokenizer-argument';

interface Options {
  readonly offsets: boolean;
  readonly measures: boolean;
  readonly special: SpecialTokens;
  readonly 'add-special-tokens': boolean;
}

/** Ids of the text on standard input, or of every line of it; exit code 1 if a line of a batch fails. */
export const command = defineCommand({
  name: 'encode-text',
  summary: 'Text on standard input -> one JSON line {"ids":[...]}, with byte offsets on demand.',
  options: {
    tokenizer: tokenizerOption,
    encoding: encodingOption,
    offsets: flag('adds "offsets": [[start, end], ...], in bytes of the input'),
    measures: flag('adds "measures": {...}, such as bytes per token'),
    special: specialOption,
    'add-special-tokens': flag("adds what the file's post-processor puts around a text"),
    batch: flag(
      'reads JSON strings, one per line, and prints one JSON line each; a line that fails gives {"error":{...}}, the others continue, and the exit code is 1',
    ),
    timeout: optional(
      'SECONDS',
      'ends the work after this many seconds, for files whose expressions may never finish',
      secondsIn,
    ),
  },
  details: `  echo -n 'Hello, world!' | ${PROGRAM} encode-text --tokenizer o200k`,
  async run(values, io) {
    const stop = values.timeout === undefined ? undefined : limitTime(values.timeout);
    try {
      return await encodeInput(values, io);
    } finally {
      stop?.();
    }
  },
});

interface Values extends Options {
  readonly tokenizer: readonly string[];
  readonly encoding: string | undefined;
  readonly batch: boolean;
}

async function encodeInput(values: Values, io: CliIo): Promise<number> {
  const { tokenizer, notes } = await openTokenizerArgument(values.tokenizer, values.encoding);
  for (const note of notes) io.stderr(`${note}\n`);
  const bytes = await io.stdin();
  const input = decodeUtf8(bytes);
  if (input.includes('\ufffd') && !isUtf8(bytes)) {
    io.stderr('The input is not valid UTF-8: what cannot be read counts as U+FFFD, also in offsets.\n');
  }
  if (values.batch) return encodeLines(input, tokenizer, values, io);
  io.stdout(`${JSON.stringify(encode(input, tokenizer, values))}\n`);
  return 0;
}

function secondsIn(text: string, name: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw badArguments(`${name} takes seconds, from above 0 to 86400, not "${text}".`);
}

/** One answer for each line, in order; a line that fails gives `{"error": ...}`. */
function encodeLines(input: string, tokenizer: Tokenizer, options: Options, io: CliIo): number {
  let failures = 0;
  for (const [i, line] of input.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      io.stdout(`${JSON.stringify(encode(jsonString(line, i + 1), tokenizer, options))}\n`);
    } catch (error) {
      if (!(error instanceof TokenoscopeError)) throw error;
      failures++;
      io.stdout(`${JSON.stringify({ error: { line: i + 1, code: error.code, message: error.message } })}\n`);
    }
  }
  if (failures > 0) io.stderr(`${failures} of the lines could not be encoded.\n`);
  return failures > 0 ? 1 : 0;
}

function jsonString(line: string, number: number): string {
  let text: unknown;
  try {
    text = JSON.parse(line);
  } catch {}
  if (typeof text === 'string') return text;
  throw badArguments(`Line ${number} of the input is not a JSON string.`);
}

function encode(
  text: string,
  tokenizer: Tokenizer,
  { offsets, measures, special, 'add-special-tokens': addSpecialTokens }: Options,
): object {
  const tokens = tokenizer.encode(text, { special, addSpecialTokens });
  const ids = Array.from(tokens.ids);
  return {
    ids,
    ...(offsets && { offsets: ids.map((_, i) => [tokens.starts[i], tokens.ends[i]]) }),
    ...(measures && { measures: measureText(cut(text, tokens, tokenizer)) }),
  };
}

function cut(text: string, tokens: TokenSequence, { vocabularySize }: Tokenizer): CutText {
  const { bytes, codePoints } = countText(text);
  return { tokens, bytes, codePoints, words: countWords(text), vocabularySize };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
