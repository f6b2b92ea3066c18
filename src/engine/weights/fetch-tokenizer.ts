import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { hubOriginOf, isTokenizerOrigin, type TokenizerOrigin } from '../../core/link/tokenizer-origin';
import { extractGguf } from '../../tokenizers/files/gguf-extract';
import { isGguf } from '../../tokenizers/files/gguf-scan';
import type { NamedBlob } from '../storage/named-blob';
import { ask, hostOf, readUpTo } from './answers';
import { chooseTokenizer } from './choose-tokenizer';
import { sha256Of } from './content-hash';
import { type ListedFile, listRepository } from './listing';
import { parseTokenizerSource, type RemoteTokenizer } from './tokenizer-source';

/** A tokenizer's files as they came from elsewhere. */
export interface FetchedTokenizer {
  readonly files: readonly NamedBlob[];
  /** What to call it. */
  readonly name: string;
  /** Where others can fetch the same; undefined for addresses that do not travel in links. */
  readonly origin: TokenizerOrigin | undefined;
  /** What the visitor should know: that a repository has another name now. */
  readonly note: string;
}

/** Bytes so far, of all files. */
export interface FetchProgress {
  readonly loaded: number;
  /** Undefined where the site does not tell. */
  readonly total: number | undefined;
}

/** Larger files are no tokenizers. */
const LARGEST = 400_000_000;

/**
 * Fetches a tokenizer's files: of a repository those that make its tokenizer, of a GGUF file only the metadata.
 * @param text what the visitor typed, or an origin (tokenizer-source.ts)
 * @param hub address of the hub that bare names are asked at
 * @throws TokenoscopeError `tokenizer-fetch`, `model-fetch` that says what the site answered, `model-corrupt`,
 *   `tokenizer-too-large`, `aborted`
 */
export async function fetchTokenizer(
  text: string,
  hub: string,
  signal: AbortSignal | undefined,
  onProgress: (progress: FetchProgress) => void,
): Promise<FetchedTokenizer> {
  const source = parseTokenizerSource(text, hub);
  return source.kind === 'hub'
    ? await fromHub(source, signal, onProgress)
    : await fromAddress(source.url, signal, onProgress);
}

async function fromHub(
  source: Extract<RemoteTokenizer, { kind: 'hub' }>,
  signal: AbortSignal | undefined,
  onProgress: (progress: FetchProgress) => void,
): Promise<FetchedTokenizer> {
  const { repository: asked, path } = source;
  const { commit, repository, files } = await listRepository(source, signal, () => true);
  const chosen = chooseTokenizer(files, repository, path);
  const fetched: NamedBlob[] = [];
  const total = chosen.isGguf
    ? undefined
    : chosen.files.reduce<number | undefined>(
        (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
        0,
      );
  let before = 0;
  for (const file of chosen.files) {
    const blob = await fetchFile(
      file,
      chosen.isGguf,
      signal,
      (loaded) => onProgress({ loaded: before + loaded, total }),
      ` of ${repository}`,
    );
    before += blob.content.size;
    fetched.push(blob);
  }
  return {
    files: fetched,
    name: repository.slice(repository.indexOf('/') + 1),
    origin: hubOriginOf({ repository, commit, path }),
    note: repository === asked ? '' : `${asked} is called ${repository} now.`,
  };
}

async function fromAddress(
  url: string,
  signal: AbortSignal | undefined,
  onProgress: (progress: FetchProgress) => void,
): Promise<FetchedTokenizer> {
  const at = (address: string): ListedFile => ({
    path: decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? '') || hostOf(address),
    bytes: undefined,
    sha256: null,
    from: { url: address },
  });
  const first = at(url);
  const other = { 'vocab.json': 'merges.txt', 'merges.txt': 'vocab.json' }[first.path];
  const listed = other ? [first, at(new URL(other, url).href)] : [first];
  const files: NamedBlob[] = [];
  for (const file of listed) {
    files.push(
      await fetchFile(file, /\.gguf$/i.test(file.path), signal, (loaded, total) =>
        onProgress({ loaded, total }),
      ),
    );
  }
  return { files, name: first.path, origin: isTokenizerOrigin(url) ? url : undefined, note: '' };
}

async function fetchFile(
  file: ListedFile,
  isMetadata: boolean,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number, total: number | undefined) => void,
  ofWhat = '',
): Promise<NamedBlob> {
  const { path } = file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const url = 'url' in file.from ? file.from.url : '';
  if (isMetadata) return await fetchMetadata(url, name, signal, onBytes);
  if ((file.bytes ?? 0) > LARGEST) throw tooLarge(name);
  const response = await ask(url, `${name}${ofWhat}`, signal);
  const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
  const total = file.bytes ?? (length === null ? undefined : Number(length));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  const reader = response.body!.getReader();
  try {
    for (;;) {
      throwIfAborted(signal);
      const { done, value } = await reader.read();
      if (done) break;
      if (loaded === 0 && isGguf(value)) {
        await reader.cancel();
        return await fetchMetadata(url, name, signal, onBytes);
      }
      parts.push(value);
      loaded += value.length;
      if (loaded > LARGEST) throw tooLarge(name);
      onBytes(loaded, total);
    }
  } catch (error) {
    if (signal?.aborted || error instanceof TokenoscopeError) throw error;
    throw broke(url, name, error);
  } finally {
    await reader.cancel().catch(() => {});
  }
  const content = new Blob(parts);
  if (file.bytes !== undefined && loaded !== file.bytes) throw broke(url, name, undefined);
  if (file.sha256 && sha256Of(new Uint8Array(await content.arrayBuffer())) !== file.sha256) {
    throw new TokenoscopeError(
      'model-corrupt',
      `${name} does not have the content that ${hostOf(url)} announced (sha256 differs).`,
      'Try again. If that does not help, the site holds a damaged copy.',
    );
  }
  return { name, content };
}

async function fetchMetadata(
  url: string,
  name: string,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number, total: number | undefined) => void,
): Promise<NamedBlob> {
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    const response = await ask(url, name, signal, { from, to: to - 1 });
    if (response.status !== 206 && from > 0) {
      await response.body?.cancel().catch(() => {});
      throw new TokenoscopeError(
        'tokenizer-fetch',
        `${hostOf(url)} sends ${name} only as a whole, and its weights are not wanted.`,
        'Download the file and drop it here: only its beginning is read.',
      );
    }
    return await readUpTo(response, to - from);
  };
  const part = await extractGguf({ read }, name, {
    ...(signal ? { signal } : {}),
    onBytes: (loaded) => onBytes(loaded, undefined),
  });
  return { name, content: new Blob([part]) };
}

function tooLarge(name: string): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-too-large',
    `${name} is larger than ${LARGEST / 1e6} MB, which no tokenizer is.`,
    'Check that it is the tokenizer and not the weights of a model.',
  );
}

function broke(url: string, name: string, cause: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'model-fetch',
    `The connection to ${hostOf(url)} broke before all of ${name} had arrived.`,
    'Try again.',
    { cause },
  );
}
