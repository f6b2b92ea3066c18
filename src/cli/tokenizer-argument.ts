import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findTextTokenizer, textTokenizers } from '../catalog/tokenizers';
import {
  type TokenizerFile,
  type TokenizerOfFiles,
  tokenizerFromFiles,
} from '../tokenizers/files/tokenizer-file';
import { loadTokenizer } from '../tokenizers/load';
import { badArguments } from './arguments';
import { readGeneratedVocabulary } from './vocabularies';

/** What `--tokenizer` takes, for the commands' help. */
export const TOKENIZER_HELP = `  --tokenizer           a tokenizer of the page: ${wrapped(textTokenizers.map(({ id }) => id))};
                        or a file: tokenizer.json, .tiktoken, SentencePiece .model, or vocab.json with merges.txt
                        beside it (or named by a second --tokenizer); or a folder that holds such files`;

/** Words in a row, continued on the next line of the help after every eight. */
function wrapped(words: readonly string[]): string {
  return words.map((word, i) => (i === 0 ? '' : i % 8 === 0 ? `,\n${' '.repeat(24)}` : ', ') + word).join('');
}

/**
 * Opens what `--tokenizer` names: a catalogue id, a file, two files, or a folder.
 * @throws TokenoscopeError `bad-arguments`, or what is wrong with a file
 */
export async function openTokenizerArgument(
  names: readonly string[] | undefined,
  usage: string,
): Promise<TokenizerOfFiles> {
  const [name, second, third] = names ?? [];
  if (!name || third) {
    const what = name
      ? 'Name one tokenizer, or vocab.json and merges.txt'
      : 'Name a tokenizer with --tokenizer';
    throw badArguments(`${what}. Known tokenizers: ${knownIds()}.`, usage);
  }
  const entry = second === undefined ? findTextTokenizer(name) : undefined;
  if (entry) return { tokenizer: await loadTokenizer(entry.spec, readGeneratedVocabulary), notes: [] };
  if (second !== undefined) {
    return await tokenizerFromFiles([await read(pathOf(name), usage), await read(pathOf(second), usage)]);
  }
  return await tokenizerFromFiles(await filesAt(pathOf(name), usage));
}

/** npm runs scripts in the repository; a path means the folder that the user is in. */
function pathOf(name: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
}

async function filesAt(path: string, usage: string): Promise<TokenizerFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw badArguments(
      `There is no tokenizer and no file "${path}". Known tokenizers: ${knownIds()}.`,
      usage,
    );
  }
  if (found.isDirectory()) return await filesIn(path, usage);
  const file = await read(path, usage);
  if (basename(path) !== 'vocab.json') return [file];
  const merges = join(dirname(path), 'merges.txt');
  return (await stat(merges).catch(() => undefined)) ? [file, await read(merges, usage)] : [file];
}

/** The tokenizer of a folder, as model repositories lay their files out. */
async function filesIn(folder: string, usage: string): Promise<TokenizerFile[]> {
  const names = (await readdir(folder)).sort();
  const whole = names.filter((name) => name === 'tokenizer.json');
  const pair = names.filter((name) => name === 'vocab.json' || name === 'merges.txt');
  const others = names.filter((name) => /\.(?:tiktoken|model)$/.test(name));
  const chosen = whole.length > 0 ? whole : pair.length === 2 ? pair : others;
  if (chosen.length === 0) {
    throw badArguments(`The folder ${folder} holds no tokenizer.json, nor another tokenizer file.`, usage);
  }
  if (chosen === others && others.length > 1) {
    throw badArguments(
      `The folder ${folder} holds several tokenizers: ${others.join(', ')}. Name one.`,
      usage,
    );
  }
  return await Promise.all(chosen.map((name) => read(join(folder, name), usage)));
}

async function read(path: string, usage: string): Promise<TokenizerFile> {
  try {
    return { name: basename(path), bytes: await readFile(path) };
  } catch (cause) {
    throw badArguments(`"${path}" cannot be read: ${cause instanceof Error ? cause.message : cause}`, usage);
  }
}

function knownIds(): string {
  return textTokenizers.map(({ id }) => id).join(', ');
}
