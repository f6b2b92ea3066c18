import { throwIfAborted } from '../../core/errors';
import type { TokenizerOfFiles } from '../../tokenizers/files/tokenizer-file';
import { openTokenizer } from '../../tokenizers/open-tokenizer';
import { loadTokenizerFiles } from './accept-tokenizer';
import type { SegmentProgress, TokenizerRef } from './text.api';

/** Reads a vocabulary's compiled file and reports how many bytes have arrived. */
export type ReadVocabulary = (
  name: string,
  onProgress: (loaded: number, total: number | undefined) => void,
) => Promise<Uint8Array>;

/** Who waits for a tokenizer. */
export interface Waiting {
  readonly signal: AbortSignal;
  progress(value: SegmentProgress): void;
}

/** Loads every tokenizer once for all callers, who all receive the progress. A failure is not kept. */
export class TokenizerLoader {
  readonly #read: ReadVocabulary;
  readonly #loading = new Map<string, { promise: Promise<TokenizerOfFiles>; listeners: Set<Waiting> }>();

  constructor(read: ReadVocabulary) {
    this.#read = read;
  }

  /** Adds a tokenizer that is loaded already. */
  keep(id: string, loaded: TokenizerOfFiles): void {
    this.#loading.set(id, { promise: Promise.resolve(loaded), listeners: new Set() });
  }

  /** @throws TokenoscopeError `tokenizer-fetch`, `tokenizer-corrupt`, `aborted` */
  async get(ref: TokenizerRef, waiting: Waiting): Promise<TokenizerOfFiles> {
    const { id } = ref;
    let entry = this.#loading.get(id);
    if (!entry) {
      const listeners = new Set<Waiting>();
      const promise = this.#load(ref, (loaded, total) => {
        for (const listener of listeners) listener.progress({ phase: 'load', loaded, total });
      });
      entry = { promise, listeners };
      this.#loading.set(id, entry);
      promise.catch(() => this.#loading.delete(id));
    }
    entry.listeners.add(waiting);
    try {
      const loaded = await entry.promise;
      throwIfAborted(waiting.signal);
      return loaded;
    } finally {
      entry.listeners.delete(waiting);
    }
  }

  async #load(
    { spec }: TokenizerRef,
    onProgress: (loaded: number, total: number | undefined) => void,
  ): Promise<TokenizerOfFiles> {
    if (spec.kind === 'files') {
      const { files, encoding } = spec;
      return loadTokenizerFiles(files, encoding, {
        onProgress: ({ loaded, total }) => onProgress(loaded, total),
      });
    }
    return openTokenizer(spec, { readVocabulary: (name) => this.#read(name, onProgress) });
  }
}
