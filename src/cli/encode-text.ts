import { TokenoscopeError } from '../core/errors';
import type { SpecialTokens, TokenSequence } from '../core/text/token-sequence';
import type { Tokenizer } from '../core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { type CutText, measureText } from '../measures/text-measures';
import { PipelineTokenizer } from '../tokenizers/pipeline-tokenizer';
import { badArguments, parseArguments } from './arguments';
import type { CliIo } from './io';
import { limitTime } from './time-limit';
import { openTokenizerArgument } from './tokenizer-argument';

const USAGE =
  'encode-text --tokenizer ID|FILE|FOLDER [--offsets] [--measures] [--special parse|text|error] [--add-special-tokens] [--batch] [--timeout SECONDS]';

interface Options {
  readonly offsets: boolean;
  readonly measures: boolean;
  readonly special: SpecialTokens;
  readonly addSpecialTokens: boolean;
}

/**
 * The command `encode-text`.
 * @returns the exit code: 0, or 1 where a line of a batch is at fault
 * @throws TokenoscopeError `bad-arguments`, or what is wrong with the tokenizer or the text
 */
export async function encodeTextCommand(argv: string[], io: CliIo): Promise<number> {
  const { values } = parseArguments(
    {
      args: argv,
      allowPositionals: false,
      options: {
        tokenizer: { type: 'string', multiple: true },
        offsets: { type: 'boolean', default: false },
        measures: { type: 'boolean', default: false },
        special: { type: 'string', default: 'text' },
        'add-special-tokens': { type: 'boolean', default: false },
        batch: { type: 'boolean', default: false },
        timeout: { type: 'string' },
      },
    } as const,
    USAGE,
  );
  const { special } = values;
  if (special !== 'parse' && special !== 'text' && special !== 'error') {
    throw badArguments(`--special takes parse, text or error, not "${special}".`, USAGE);
  }
  const stop = values.timeout === undefined ? undefined : limitTime(secondsIn(values.timeout));
  try {
    return await encodeInput(values, special, io);
  } finally {
    stop?.();
  }
}

interface Values {
  readonly tokenizer?: readonly string[];
  readonly offsets: boolean;
  readonly measures: boolean;
  readonly 'add-special-tokens': boolean;
  readonly batch: boolean;
}

async function encodeInput(values: Values, special: SpecialTokens, io: CliIo): Promise<number> {
  const options: Options = {
    offsets: values.offsets,
    measures: values.measures,
    special,
    addSpecialTokens: values['add-special-tokens'],
  };
  const { tokenizer, notes } = await openTokenizerArgument(values.tokenizer, USAGE);
  for (const note of notes) io.stderr(`${note}\n`);
  const bytes = await io.stdin();
  const input = decodeUtf8(bytes);
  if (input.includes('\ufffd') && !isUtf8(bytes)) {
    io.stderr('The input is not valid UTF-8: what cannot be read counts as U+FFFD, also in offsets.\n');
  }
  if (values.batch) return encodeLines(input, tokenizer, options, io);
  io.stdout(`${JSON.stringify(encode(input, tokenizer, options))}\n`);
  return 0;
}

function secondsIn(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw badArguments(`--timeout takes seconds, from above 0 to 86400, not "${text}".`, USAGE);
}

/** One answer for each line, in order; a line at fault is answered with `{"error": ...}`. */
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
  throw badArguments(`Line ${number} of the input is no JSON string.`, USAGE);
}

function encode(
  text: string,
  tokenizer: Tokenizer,
  { offsets, measures, special, addSpecialTokens }: Options,
): object {
  const tokens: TokenSequence =
    tokenizer instanceof PipelineTokenizer
      ? tokenizer.encode(text, { special, addSpecialTokens })
      : tokenizer.encode(text, { special });
  const ids = Array.from(tokens.ids);
  return {
    ids,
    ...(offsets && { offsets: ids.map((_, i) => [tokens.starts[i], tokens.ends[i]]) }),
    ...(measures && { measures: measureText(cut(text, tokens, tokenizer)) }),
  };
}

function cut(text: string, tokens: TokenSequence, { vocabularySize }: Tokenizer): CutText {
  return { tokens, bytes: encodeUtf8(text).length, codePoints: Array.from(text).length, vocabularySize };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
