import { arrived } from './arrived-code';
import type { WorkOptions } from './files/steps';
import type { TokenizerFile, TokenizerOfFiles } from './files/tokenizer-file';
import { loadTokenizer } from './load';
import type { TokenizerSpec } from './spec';

/** What a tokenizer is made from: the spec of a catalogue entry, or a user's files. */
export type TokenizerSource =
  | TokenizerSpec
  | {
      readonly kind: 'files';
      readonly files: readonly TokenizerFile[];
      /** The id of the encoding that a .tiktoken file is of (files/tiktoken-encodings.ts). */
      readonly encoding?: string | undefined;
    };

/** Options of `openTokenizer`; `signal` and `onProgress` are heeded while files are parsed. */
export interface OpenOptions extends WorkOptions {
  /** Gives the compiled file of a vocabulary's name; needed for specs that name one. */
  readonly readVocabulary?: (name: string) => Promise<Uint8Array>;
}

/**
 * The one door to all tokenizers: the page's workers, the command line and the package `tokenoscope/text` come through
 * it.
 * @throws TokenoscopeError what `loadTokenizer` and `tokenizerFromFiles` throw; `tokenizer-fetch` for code that does not
 *   arrive
 */
export async function openTokenizer(
  source: TokenizerSource,
  { readVocabulary = noVocabulary, ...options }: OpenOptions,
): Promise<TokenizerOfFiles> {
  if (source.kind !== 'files') return { tokenizer: await loadTokenizer(source, readVocabulary), notes: [] };
  const { files, encoding } = source;
  // Larger than all that the catalogue's tokenizers need.
  const { tokenizerFromFiles } = await arrived(import('./files/tokenizer-file'));
  return await tokenizerFromFiles(files, encoding === undefined ? options : { ...options, encoding });
}

function noVocabulary(name: string): Promise<Uint8Array> {
  throw new RangeError(`The vocabulary "${name}" is needed: give readVocabulary.`);
}
