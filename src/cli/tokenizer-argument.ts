import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { TokenoscopeError } from '../core/errors';
import { isPackage } from '../package/own-files';
import { catalogue, loadTokenizer, readTokenizer } from '../package/text';
import { extractGguf } from '../tokenizers/files/gguf-extract';
import { tiktokenEncodings } from '../tokenizers/files/tiktoken-encodings';
import type { TokenizerFile, TokenizerOfFiles } from '../tokenizers/files/tokenizer-file';
import { badArguments, optional, repeated } from './command';

/** `--tokenizer`. */
export const tokenizerOption = repeated(
  'ID|FILE|FOLDER',
  `a tokenizer of the page: ${knownIds()}; or a file: tokenizer.json, .tiktoken, SentencePiece .model, tekken.json, GGUF, vocab.txt, or vocab.json with merges.txt beside it (or named by a second --tokenizer); or a folder that holds such files`,
  true,
);

/** `--encoding`. */
export const encodingOption = optional(
  'NAME',
  `which encoding a .tiktoken file is of, for it does not say how it splits text: ${tiktokenEncodings.map(({ id }) => id).join(', ')}; by default the one with as many tokens`,
  (name, option) => {
    if (tiktokenEncodings.some(({ id }) => id === name)) return name;
    throw badArguments(
      `${option} takes one of ${tiktokenEncodings.map(({ id }) => id).join(', ')}, not "${name}".`,
    );
  },
);

/**
 * Opens what `--tokenizer` names: a catalogue id, a file, two files, or a folder.
 * @param encoding of a .tiktoken file, as `--encoding` names it
 * @throws TokenoscopeError `bad-arguments`, or what is wrong with a file
 */
export async function openTokenizerArgument(
  names: readonly string[],
  encoding?: string,
): Promise<TokenizerOfFiles> {
  const [name, second, third] = names;
  if (!name || third) {
    const what = name
      ? 'Name one tokenizer, or vocab.json and merges.txt'
      : 'Name a tokenizer with --tokenizer';
    throw badArguments(`${what}. Known tokenizers: ${knownIds()}.`);
  }
  const isKnown = second === undefined && catalogue.some(({ id }) => id === name);
  if (isKnown && encoding !== undefined)
    throw badArguments(`--encoding is for .tiktoken files; "${name}" has its own.`);
  if (isKnown) return { tokenizer: await loadTokenizer(name), notes: [] };
  const files =
    second === undefined
      ? await filesAt(pathOf(name))
      : [await read(pathOf(name)), await read(pathOf(second))];
  return await readTokenizer(files, { encoding });
}

/** A path on the command line: npm runs the repository’s scripts in the repository; a path means the folder that the user is in. */
export function pathOf(name: string): string {
  return resolve((isPackage ? undefined : process.env['INIT_CWD']) ?? process.cwd(), name);
}

async function filesAt(path: string): Promise<TokenizerFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw badArguments(`There is no tokenizer and no file "${path}". Known tokenizers: ${knownIds()}.`);
  }
  if (found.isDirectory()) return await filesIn(path);
  const file = await read(path);
  if (basename(path) === 'vocab.txt') return await withSettings([file], dirname(path));
  if (basename(path) !== 'vocab.json') return [file];
  const merges = join(dirname(path), 'merges.txt');
  return (await stat(merges).catch(() => undefined)) ? [file, await read(merges)] : [file];
}

/** The tokenizer of a folder in the layout of model repositories. */
async function filesIn(folder: string): Promise<TokenizerFile[]> {
  const names = (await readdir(folder)).sort();
  const whole = names.filter((name) => name === 'tokenizer.json');
  const pair = names.filter((name) => name === 'vocab.json' || name === 'merges.txt');
  const tekken = names.filter((name) => name === 'tekken.json');
  const others = names.filter((name) => /\.(?:tiktoken|model)$/.test(name));
  const wordPiece = names.filter((name) => name === 'vocab.txt');
  const gguf = names.filter((name) => name.endsWith('.gguf'));
  const pairs = pair.length === 2 ? [pair] : [];
  const chosen = [whole, tekken, ...pairs, others, wordPiece, gguf].find(({ length }) => length > 0) ?? [];
  if (chosen.length === 0) {
    // These are named for what they are.
    const other = names.find((name) => /^(?:.*\.vocab|rwkv.*\.txt)$/i.test(name));
    if (other) return [await read(join(folder, other))];
    throw badArguments(`The folder ${folder} holds neither a tokenizer.json nor another tokenizer file.`);
  }
  if (chosen !== pair && chosen.length > 1) {
    throw badArguments(`The folder ${folder} holds several tokenizers: ${chosen.join(', ')}. Name one.`);
  }
  const files = await Promise.all(chosen.map((name) => read(join(folder, name))));
  return chosen === wordPiece ? await withSettings(files, folder) : files;
}

/** With the tokenizer_config.json beside them, where there is one. */
async function withSettings(files: TokenizerFile[], folder: string): Promise<TokenizerFile[]> {
  const settings = join(folder, 'tokenizer_config.json');
  return (await stat(settings).catch(() => undefined)) ? [...files, await read(settings)] : files;
}

async function read(path: string): Promise<TokenizerFile> {
  try {
    if (path.endsWith('.gguf')) return { name: basename(path), bytes: await readGguf(path) };
    return { name: basename(path), bytes: await readFile(path) };
  } catch (cause) {
    if (cause instanceof TokenoscopeError) throw cause;
    throw badArguments(`"${path}" cannot be read: ${cause instanceof Error ? cause.message : cause}`);
  }
}

/** What a GGUF file says about its tokenizer: the rest may be larger than memory. */
async function readGguf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const source = {
      async read(from: number, to: number): Promise<Uint8Array> {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
        return buffer.subarray(0, bytesRead);
      },
    };
    return await extractGguf(source, basename(path));
  } finally {
    await file.close();
  }
}

function knownIds(): string {
  return catalogue.map(({ id }) => id).join(', ');
}
