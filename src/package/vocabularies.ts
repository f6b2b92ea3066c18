import { TokenoscopeError } from '../core/errors';
import { isPackage, node, ownFolder, readAt, toFolderUrl } from './own-files';

/**
 * Where compiled vocabularies are: a folder (a path or an address), or a function that gives the bytes of
 * `<name>.bin`.
 */
export type Vocabularies = string | URL | ((name: string) => Promise<Uint8Array>);

/**
 * Reads the compiled file of a vocabulary; in Node it is unpacked here, sooner than by the streams of browsers.
 * @param from by default what comes with the engine
 * @throws TokenoscopeError `tokenizer-fetch` where it cannot be read, `aborted`
 */
export async function readVocabulary(
  name: string,
  from: Vocabularies = ownFolder('vocabularies'),
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (typeof from === 'function') return await from(name);
  const url = new URL(`${name}.bin`, toFolderUrl(from));
  try {
    return unpack(await readAt(url, `The vocabulary "${name}"`, signal));
  } catch (cause) {
    if (!(cause instanceof TokenoscopeError) || cause.code === 'aborted') throw cause;
    throw new TokenoscopeError(
      'tokenizer-fetch',
      cause.message,
      isPackage
        ? `${cause.hint} Give the folder of the vocabularies, or a function that reads one, as "vocabularies".`
        : 'Run "npm run vocabularies" in the repository.',
      { cause },
    );
  }
}

/** What is damaged stays as it is: its reader names it. */
function unpack(file: Uint8Array): Uint8Array {
  try {
    return node('node:zlib')?.gunzipSync(file) ?? file;
  } catch {
    return file;
  }
}
