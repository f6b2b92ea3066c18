import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findTextTokenizer, textTokenizers } from '../catalog/text-tokenizers';
import { TokenoscopeError } from '../core/errors';
import type { SpecialTokens, TokenSequence } from '../core/text/tokens';
import { decodeUtf8 } from '../core/text/utf8';
import { type TokenizerOfFiles, tokenizerFromFiles } from '../engine/text/files/tokenizer-file';
import { loadTokenizer } from '../engine/text/load';
import { PipelineTokenizer } from '../engine/text/pipeline-tokenizer';
import type { CliIo } from './io';
import { readGeneratedVocabulary } from './vocabularies';

const USAGE = `encode-text --tokenizer ID|FILE [--offsets] [--special parse|text|error] [--add-special-tokens] [--batch]
  Reads UTF-8 text from standard input, writes {"ids":[...]} as one JSON line.
  --tokenizer           a catalogue id, or a file: tokenizer.json, .tiktoken, SentencePiece .model,
                        or vocab.json with merges.txt beside it
  --offsets             adds "offsets": [[byteStart, byteEnd], ...] in bytes of the input
  --special             special tokens written in the text: parse them, take them as text (default), or refuse
  --add-special-tokens  adds what the file's post-processor puts around a text
  --batch               reads JSON strings, one a line, and answers one JSON line each
`;

interface Arguments {
  readonly tokenizer: string;
  readonly offsets: boolean;
  readonly special: SpecialTokens;
  readonly addSpecialTokens: boolean;
  readonly batch: boolean;
}

/**
 * The command `encode-text`.
 * @returns the exit code: 0, 1 where the text or a file is at fault, 2 for bad arguments
 */
export async function encodeTextCommand(argv: string[], io: CliIo): Promise<number> {
  try {
    const args = parse(argv);
    const { tokenizer, notes } = await open(args.tokenizer);
    for (const note of notes) io.stderr(`${note}\n`);
    const input = decodeUtf8(await io.stdin());
    for (const text of args.batch ? jsonLines(input) : [input]) {
      const { special, addSpecialTokens } = args;
      const tokens =
        tokenizer instanceof PipelineTokenizer
          ? tokenizer.encode(text, { special, addSpecialTokens })
          : tokenizer.encode(text, { special });
      io.stdout(`${JSON.stringify(answer(tokens, args.offsets))}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof TokenoscopeError)) throw error;
    io.stderr(`${error.message}${error.hint ? `\n${error.hint}` : ''}\n`);
    return error.code === 'bad-arguments' ? 2 : 1;
  }
}

async function open(name: string): Promise<TokenizerOfFiles> {
  const entry = findTextTokenizer(name);
  if (entry) return { tokenizer: await loadTokenizer(entry.spec, readGeneratedVocabulary), notes: [] };
  // npm runs scripts in the repository; a path means the folder that the user is in.
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) {
    throw badArguments(`There is no tokenizer and no file "${name}". Known tokenizers: ${knownIds()}.`);
  }
  const files = [{ name: basename(path), bytes }];
  if (basename(path) === 'vocab.json') {
    const merges = await readFile(join(dirname(path), 'merges.txt')).catch(() => undefined);
    if (merges) files.push({ name: 'merges.txt', bytes: merges });
  }
  return await tokenizerFromFiles(files);
}

function* jsonLines(input: string): Iterable<string> {
  for (const [i, line] of input.split('\n').entries()) {
    if (line.trim() === '') continue;
    let text: unknown;
    try {
      text = JSON.parse(line);
    } catch {}
    if (typeof text !== 'string') throw badArguments(`Line ${i + 1} of the input is no JSON string.`);
    yield text;
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
  return {
    tokenizer: values.tokenizer,
    offsets: values.offsets ?? false,
    special,
    addSpecialTokens: values['add-special-tokens'] ?? false,
    batch: values.batch ?? false,
  };
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
        'add-special-tokens': { type: 'boolean' },
        batch: { type: 'boolean' },
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
