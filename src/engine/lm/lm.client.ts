import { type CallOptions, IDLE_MS, WorkerClient, type WorkerLike } from '../rpc/client';
import type { LmApi, LmProgress, LmSpelling } from './lm.api';
import type { ByteReading } from './read-bytes';
import type { TokenReading } from './read-tokens';

/** How long (ms) a call waits for one that was given up, before the worker is ended: about two windows of a large model. */
const PATIENCE_MS = 2500;

/** The page's side of language models: one worker, started by the first call. */
export class LanguageModels {
  readonly #client: WorkerClient<LmApi>;
  readonly #folderUrl: string;

  /**
   * @param baseUrl the page's own address, beside which `lm/` lies
   * @param spawn starts the worker, for tests
   */
  constructor(baseUrl: string = document.baseURI, spawn: () => WorkerLike = spawnWorker) {
    this.#folderUrl = new URL('lm/', baseUrl).href;
    this.#client = new WorkerClient<LmApi>(spawn, { idleMs: IDLE_MS });
  }

  /**
   * What a model expected at each of its tokens of a text.
   * @param bytes UTF-8
   * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `model-run`, `worker-died`, `aborted`
   */
  readTokens(
    id: string,
    bytes: Uint8Array,
    options: CallOptions<LmProgress<TokenReading>> = {},
  ): Promise<TokenReading> {
    return this.#client.call(
      'readTokens',
      { model: this.#ref(id), bytes },
      { patience: PATIENCE_MS, ...options },
    );
  }

  /** What a model expected at each byte of a text, exactly. @throws TokenoscopeError as `readTokens` does */
  readBytes(
    id: string,
    bytes: Uint8Array,
    options: CallOptions<LmProgress<ByteReading>> = {},
  ): Promise<ByteReading> {
    return this.#client.call(
      'readBytes',
      { model: this.#ref(id), bytes },
      { patience: PATIENCE_MS, ...options },
    );
  }

  /** The bytes of a model's tokens. @throws TokenoscopeError as `readTokens` does */
  spell(id: string, options: CallOptions<LmProgress<never>> = {}): Promise<LmSpelling> {
    return this.#client.call('spell', { model: this.#ref(id) }, options);
  }

  /** Ends the worker as soon as nobody waits for it. */
  release(): void {
    this.#client.release();
  }

  #ref(id: string) {
    return { id, folderUrl: this.#folderUrl };
  }
}

function spawnWorker(): WorkerLike {
  return new Worker(new URL('./lm.worker.ts', import.meta.url), { type: 'module', name: 'language-models' });
}
