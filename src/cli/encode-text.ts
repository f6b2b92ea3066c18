import { parseArgs } from 'node:util';
import { findTextTokenizer, textTokenizers } from '../catalog/text-tokenizers';
import { TokenoscopeError } from '../core/errors';
import type { SpecialTokens, TokenSequence } from '../core/text/tokens';
import { decodeUtf8 } from '../core/text/utf8';
import { loadTokenizer } from '../engine/text/load';
import type { CliIo } from './io';
import { readGeneratedVocabulary } from './vocabularies';

const USAGE = `encode-text --tokenizer ID [--offsets] [--special parse|text|error]
  Reads UTF-8 text from standard input, writes {"ids":[...]} as one JSON line.
  --offsets   adds "offsets": [[byteStart, byteEnd], ...] in bytes of the input
  --special   special tokens written in the text: parse them, take them as text (default), or refuse
`;

interface Arguments {
  readonly tokenizer: string;
  readonly offsets: boolean;
  readonly special: SpecialTokens;
}

/**
 * The command `encode-text`.
 * @returns the exit code: 0, 1 where the text or a file is at fault, 2 for bad arguments
 */
export async function encodeTextCommand(argv: string[], io: CliIo): Promise<number> {
  try {
    const args = parse(argv);
    const entry = findTextTokenizer(args.tokenizer);
    if (!entry) throw badArguments(`There is no tokenizer "${args.tokenizer}". Known: ${knownIds()}.`);
    const tokenizer = await loadTokenizer(entry.spec, readGeneratedVocabulary);
    const text = decodeUtf8(await io.stdin());
    const tokens = tokenizer.encode(text, { special: args.special });
    io.stdout(`${JSON.stringify(answer(tokens, args.offsets))}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof TokenoscopeError)) throw error;
    io.stderr(`${error.message}${error.hint ? `\n${error.hint}` : ''}\n`);
    return error.code === 'bad-arguments' ? 2 : 1;
  }
}

function answer(tokens: TokenSequence, withOffsets: boolean): object {
  const ids = Array.from(tokens.ids);
  if (!withOffsets) return { ids };
  return { ids, offsets: ids.map((_, i) => [tokens.starts[i], tokens.ends[i]]) };
}

function parse(argv: string[]): Arguments {
  const { values } = readOptions(argv);
  if (!values.tokenizer) throw badArguments(`Name a tokenizer with --tokenizer. Known: ${knownIds()}.`);
  const special = values.special ?? 'text';
  if (special !== 'parse' && special !== 'text' && special !== 'error') {
    throw badArguments(`--special takes parse, text or error, not "${special}".`);
  }
  return { tokenizer: values.tokenizer, offsets: values.offsets ?? false, special };
}

function readOptions(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: false,
      options: {
        tokenizer: { type: 'string' },
        offsets: { type: 'boolean' },
        special: { type: 'string' },
      },
    });
  } catch (cause) {
    throw badArguments(cause instanceof Error ? cause.message : String(cause));
  }
}

function knownIds(): string {
  return textTokenizers.map((entry) => entry.id).join(', ');
}

function badArguments(message: string): TokenoscopeError {
  return new TokenoscopeError('bad-arguments', message, `Usage: ${USAGE}`);
}
