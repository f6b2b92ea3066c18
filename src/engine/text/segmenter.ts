import type { RowLayout } from '../../core/text/rows';
import { type CallOptions, WorkerClient } from '../rpc/client';
import type { SegmentArgs, Segmentation, SegmentProgress, TextApi } from './api';

/** More workers than this win nothing: the page shows a handful of columns. */
const MAX_WORKERS = 4;

/**
 * The page's side of the text workers. Tokenizers are spread over a few workers; each stays with the one that
 * has loaded it. Results come as typed arrays that are moved, not copied.
 */
export class TextSegmenter {
  readonly #clients: readonly WorkerClient<TextApi>[];
  readonly #homes = new Map<string, WorkerClient<TextApi>>();

  /** @param workers how many workers to use; as many as there are cores beside the page's own by default */
  constructor(workers = Math.min(MAX_WORKERS, Math.max(1, navigator.hardwareConcurrency - 1))) {
    this.#clients = Array.from(
      { length: workers },
      (_, i) =>
        new WorkerClient<TextApi>(
          () =>
            new Worker(new URL('../workers/text.worker.ts', import.meta.url), {
              type: 'module',
              name: `text-${i}`,
            }),
        ),
    );
  }

  /**
   * Loads the tokenizer where needed, cuts the text and lays the tokens out in rows.
   * @throws TokenoscopeError `aborted`, `tokenizer-fetch`, `tokenizer-corrupt`, `worker-died`
   */
  segment(args: SegmentArgs, options: CallOptions<SegmentProgress>): Promise<Segmentation> {
    return this.#home(args.tokenizer.id).call('segment', args, options);
  }

  /** Lays the tokens of the same text out anew. @throws as `segment` does */
  layout(args: SegmentArgs, options: CallOptions<SegmentProgress>): Promise<RowLayout> {
    return this.#home(args.tokenizer.id).call('layout', args, options);
  }

  /** Stops the workers; calls in flight fail as aborted. */
  dispose(): void {
    for (const client of this.#clients) client.dispose();
  }

  #home(id: string): WorkerClient<TextApi> {
    let client = this.#homes.get(id);
    if (!client) {
      client = this.#clients[this.#homes.size % this.#clients.length]!;
      this.#homes.set(id, client);
    }
    return client;
  }
}
