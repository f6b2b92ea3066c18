import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { encodeUtf8 } from '../../core/text/utf8';
import { isBesideTokenizer, isSettings } from '../../tokenizers/files/beside';
import { extractGguf } from '../../tokenizers/files/gguf-extract';
import { isGguf } from '../../tokenizers/files/gguf-scan';
import {
  RECOGNITION_BYTES,
  recogniseTokenizer,
  type TokenizerFileKind,
} from '../../tokenizers/files/recognise-tokenizer';
import type { TokenizerFile, TokenizerOfFiles } from '../../tokenizers/files/tokenizer-file';
import { openTokenizer } from '../../tokenizers/open-tokenizer';
import type { NamedBlob } from '../storage/named-blob';
import { sha256 } from '../storage/sha256';
import { readBytes } from './read-text';
import type { AcceptedTokenizer, AcceptProgress } from './text.api';

/** Larger files are refused before they are read: parsing takes several times their size in memory. */
const TOKENIZER_LIMIT = 400_000_000;

/** Options of the functions here. */
export interface AcceptOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AcceptProgress) => void;
}

/** Kinds of which a tokenizer_config.json beside them says more than they do themselves. */
const SETTABLE: readonly TokenizerFileKind[] = [
  'tiktoken',
  'SentencePiece',
  'vocab.txt',
  'vocab.json + merges.txt',
];

/**
 * Reads a tokenizer out of a visitor's files, hashes them and builds the tokenizer. Of a GGUF file only what it says about
 * the tokenizer is read and kept. Settings beside a file that says everything itself leave its hash as it is.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place, `tokenizer-too-large`, `file-unreadable`,
 *   `aborted`
 */
export async function acceptTokenizer(
  blobs: readonly NamedBlob[],
  options: AcceptOptions,
): Promise<AcceptedTokenizer & { readonly loaded: TokenizerOfFiles }> {
  const needed = blobs.filter(
    ({ name }) => blobs.length === 1 || !isBesideTokenizer(name) || isSettings(name),
  );
  const kept = await Promise.all(needed.map((blob) => withoutWeights(blob, options)));
  const files = await readFiles(kept, options);
  const isBeside = (name: string) => files.length > 1 && isBesideTokenizer(name);
  const main = files.filter(({ name }) => !isBeside(name));
  const kinds = main.map(({ bytes }) => recogniseTokenizer(bytes.subarray(0, RECOGNITION_BYTES)));
  // The vocabulary comes first, in whichever order the two were given.
  if (main.length === 2 && kinds[1] === 'vocab.json') main.reverse();
  const kind = main.length === 2 ? 'vocab.json + merges.txt' : (kinds[0] ?? guess(main[0]?.name ?? ''));
  const settings = files.filter(({ name }) => isBeside(name) && /tokenizer_config\.json$/.test(name));
  const hashed = SETTABLE.includes(kind) ? [...main, ...settings] : main;
  const hashes = await Promise.all(hashed.map(({ bytes }) => sha256(bytes)));
  const loaded = await build(files, undefined, options);
  const [only] = hashes;
  return {
    sha256: hashes.length === 1 && only ? only : await sha256(encodeUtf8(hashes.join(''))),
    kind,
    size: files.reduce((size, { bytes }) => size + bytes.length, 0),
    vocabularySize: loaded.tokenizer.vocabularySize,
    notes: loaded.notes,
    files: kept,
    ...(loaded.chatTemplate === undefined ? {} : { chatTemplate: loaded.chatTemplate }),
    loaded,
  };
}

/** Of a GGUF file, which may be larger than memory, the part about the tokenizer. */
async function withoutWeights(blob: NamedBlob, { signal, onProgress }: AcceptOptions): Promise<NamedBlob> {
  const { name, content } = blob;
  const read = async (from: number, to: number) => {
    const slice = content.slice(from, to);
    const bytes = new Uint8Array(slice.size);
    await readBytes(slice, bytes, signal ? { signal } : {});
    return bytes;
  };
  if (!isGguf(await read(0, 24))) return blob;
  const part = await extractGguf({ read }, name, {
    ...(signal ? { signal } : {}),
    onBytes: (loaded) => onProgress?.({ phase: 'read', loaded, total: content.size }),
  });
  return { name, content: new Blob([part]) };
}

/**
 * Builds the tokenizer of files that were accepted before.
 * @param encoding the id of the chosen encoding, for a .tiktoken file
 * @throws as `acceptTokenizer` does; `tokenizer-unknown` for an encoding that does not exist
 */
export async function loadTokenizerFiles(
  blobs: readonly NamedBlob[],
  encoding: string | undefined,
  options: AcceptOptions,
): Promise<TokenizerOfFiles> {
  return build(await readFiles(blobs, options), encoding, options);
}

async function build(
  files: readonly TokenizerFile[],
  encoding: string | undefined,
  options: AcceptOptions,
): Promise<TokenizerOfFiles> {
  const total = files.reduce((size, { bytes }) => size + bytes.length, 0);
  const { signal, onProgress } = options;
  throwIfAborted(signal);
  onProgress?.({ phase: 'parse', loaded: 0, total });
  return await openTokenizer(
    { kind: 'files', files, encoding },
    {
      ...(signal ? { signal } : {}),
      onProgress: (share) => onProgress?.({ phase: 'parse', loaded: share * total, total }),
    },
  );
}

async function readFiles(blobs: readonly NamedBlob[], options: AcceptOptions): Promise<TokenizerFile[]> {
  const total = blobs.reduce((size, { content }) => size + content.size, 0);
  if (total > TOKENIZER_LIMIT) {
    throw new TokenoscopeError(
      'tokenizer-too-large',
      `This file is ${Math.round(total / 1e6)} MB; the page takes tokenizers of up to ${TOKENIZER_LIMIT / 1e6} MB.`,
      'Check that it is the tokenizer and not the weights of a model.',
    );
  }
  const { signal, onProgress } = options;
  const files: TokenizerFile[] = [];
  let before = 0;
  for (const { name, content } of blobs) {
    const bytes = new Uint8Array(content.size);
    await readBytes(content, bytes, {
      ...(signal ? { signal } : {}),
      onProgress: (loaded) => onProgress?.({ phase: 'read', loaded: before + loaded, total }),
    });
    before += content.size;
    files.push({ name, bytes });
  }
  return files;
}

/** The kind by the file's name, where the first bytes do not tell because the JSON has an unusual order. */
function guess(name: string): TokenizerFileKind {
  if (name.endsWith('.model')) return 'SentencePiece';
  return name.endsWith('.tiktoken') ? 'tiktoken' : 'tokenizer.json';
}
