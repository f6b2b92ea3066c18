/**
 * `tokenoscope/text`: text tokenizers in Node, browsers and workers. See docs/library.md.
 */
import { findTextTokenizer, textTokenizers } from '../catalog/tokenizers';
import { TokenoscopeError } from '../core/errors';
import type { Tokenizer } from '../core/text/tokens';
import type { TokenizerOfFiles } from '../tokenizers/files/tokenizer-file';
import { openTokenizer } from '../tokenizers/open-tokenizer';
import { readAt } from './own-files';
import { readVocabulary, type Vocabularies } from './vocabularies';

export type { ErrorCode } from '../core/errors';
export { TokenoscopeError } from '../core/errors';
export type { MergeState, MergeStep, MergeTrace } from '../core/text/merge-trace';
export { mergesWithin, stateAfter } from '../core/text/merge-trace';
export type { Span, TokenSpans } from '../core/text/spans';
export { TextSpans } from '../core/text/spans';
export { TextStream } from '../core/text/text-stream';
export type { EncodeOptions, SpecialTokens, TokenSequence } from '../core/text/token-sequence';
export type { DecodeStream, TokenEntry, Tokenizer } from '../core/text/tokens';
export type {
  GreedyTrace,
  GreedyWord,
  LatticePiece,
  LatticeToken,
  LatticeTrace,
  TextTrace,
  TraceOptions,
} from '../core/text/traces';
export type { Encodings } from '../tokenizers/files/choose-encoding';
export type { TokenizerOfFiles } from '../tokenizers/files/tokenizer-file';
export type { Vocabularies } from './vocabularies';

/** A tokenizer that `loadTokenizer` knows. */
export interface CatalogueEntry {
  /** For `loadTokenizer`, and in links of the page. Ids never change. */
  readonly id: string;
  /** As the tokenizer's users call it. */
  readonly label: string;
  readonly publisher: string;
  readonly summary: string;
  /** The vocabulary's own terms. */
  readonly licence: string;
  readonly licenceUrl: string;
  readonly homepage: string;
  /** Whether it changes a text before it segments it, so that decoding may not restore the text. */
  readonly lossy: boolean;
}

/** Every tokenizer that `loadTokenizer` knows, small ones first. */
export const catalogue: readonly CatalogueEntry[] = textTokenizers.map(
  ({ id, label, publisher, summary, licence, licenceUrl, homepage, lossy }) => {
    return { id, label, publisher, summary, licence, licenceUrl, homepage, lossy: lossy ?? false };
  },
);

/** Options of `loadTokenizer`. */
export interface LoadOptions {
  /**
   * Where the compiled vocabularies are (`<id>.bin`): a folder's path or address, or a function that gives the bytes.
   * By default the folder `vocabularies` beside the package's code.
   */
  readonly vocabularies?: Vocabularies | undefined;
  /** Ends the reading of the vocabulary. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads a tokenizer of the catalogue.
 * @param id of a catalogue entry, such as `o200k`
 * @throws TokenoscopeError `tokenizer-unknown`; `tokenizer-fetch` where its vocabulary cannot be read;
 *   `tokenizer-corrupt` where that is damaged; `aborted`
 */
export async function loadTokenizer(id: string, options: LoadOptions = {}): Promise<Tokenizer> {
  const entry = findTextTokenizer(id);
  if (!entry) {
    throw new TokenoscopeError(
      'tokenizer-unknown',
      `There is no tokenizer "${id}".`,
      `Known are ${catalogue.map((known) => known.id).join(', ')}. Files are read by readTokenizer.`,
    );
  }
  const { vocabularies, signal } = options;
  const opened = await openTokenizer(entry.spec, {
    readVocabulary: (name) => readVocabulary(name, vocabularies, signal),
  });
  return opened.tokenizer;
}

/** A tokenizer file: its name and bytes, a `File` of a browser, or an address (`file:` in Node, else fetched). */
export type TokenizerInput =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; arrayBuffer(): Promise<ArrayBuffer> }
  | URL;

/** Options of `readTokenizer`. */
export interface ReadOptions {
  /** Which encoding a .tiktoken file is of (`cl100k`, `o200k`, ...), since it does not say how it splits texts. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives the share that has been parsed, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Reads a tokenizer from its files: `tokenizer.json`, a `.tiktoken` file, a SentencePiece `.model`, Mistral's
 * `tekken.json`, a GGUF file's metadata, BERT's `vocab.txt`, or `vocab.json` with `merges.txt`; a `tokenizer_config.json`
 * among them is heeded, and its chat template returned. The content decides the kind. Parsing takes turns with other tasks every few milliseconds.
 * @returns the tokenizer, and notes for its user in sentences (parts of a file that were ignored, what was assumed)
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place; `tokenizer-unsupported` that names what a file is
 *   instead; `tokenizer-unknown` for an encoding that does not exist; `file-unreadable`; `aborted`
 */
export async function readTokenizer(
  input: TokenizerInput | readonly TokenizerInput[],
  { encoding, signal, onProgress }: ReadOptions = {},
): Promise<TokenizerOfFiles> {
  const inputs = isList(input) ? input : [input];
  const files = await Promise.all(inputs.map((file) => readFile(file, signal)));
  return await openTokenizer(
    { kind: 'files', files, encoding },
    { ...(signal && { signal }), ...(onProgress && { onProgress }) },
  );
}

function isList(input: TokenizerInput | readonly TokenizerInput[]): input is readonly TokenizerInput[] {
  return Array.isArray(input);
}

async function readFile(input: TokenizerInput, signal: AbortSignal | undefined) {
  if (input instanceof URL) {
    const name = decodeURIComponent(input.pathname.slice(input.pathname.lastIndexOf('/') + 1));
    return { name, bytes: await readAt(input, name, signal) };
  }
  // A File has a method called bytes.
  if (!('arrayBuffer' in input)) return input;
  return { name: input.name, bytes: new Uint8Array(await input.arrayBuffer()) };
}
