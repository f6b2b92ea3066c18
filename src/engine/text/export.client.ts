import { type CallOptions, WorkerClient, type WorkerLike } from '../rpc/client';
import type { ExportApi, WriteArgs } from './export.api';
import type { SegmentProgress, TokenizerRef } from './text.api';

/** A worker that is idle for this long (milliseconds) ends. */
const IDLE = 60_000;

/** Makes files of tokens, in a text worker of its own: columns do not wait for it. */
export class TokenWriter {
  readonly #client: WorkerClient<ExportApi>;

  constructor(spawn: () => WorkerLike) {
    this.#client = new WorkerClient<ExportApi>(spawn, { idleMs: IDLE });
  }

  /** UTF-8 of the file. @throws TokenoscopeError `aborted`, `worker-died` */
  write(args: WriteArgs, options: CallOptions<SegmentProgress>): Promise<Uint8Array> {
    return this.#client.call('writeTokens', args, options);
  }

  /** The sha256 of a vocabulary's tokens; null where there is no list, or the browser computes none. */
  hash(tokenizer: TokenizerRef, options: CallOptions<SegmentProgress>): Promise<string | null> {
    return this.#client.call('hashVocabulary', { tokenizer }, options);
  }

  /** Stops the worker; calls in flight fail as aborted. */
  dispose(): void {
    this.#client.dispose();
  }
}
