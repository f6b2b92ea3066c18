import { TokenoscopeError } from '../../core/errors';
import { type CallOptions, WorkerClient, type WorkerLike } from '../rpc/client';
import type { SegmentProgress, TokenizerRef } from './text.api';
import type { ListArgs, TokenCard, TokenPage, VocabularyApi, VocabularyFacts } from './vocabulary.api';

/** How long a search by an expression may give no sign of life, in seconds: it is tried on one short token at a time. */
const PATIENCE = 2;

/** A worker that is idle for this long (seconds) ends. */
const IDLE_SECONDS = 300;

/**
 * Looks into vocabularies, in a text worker of its own: an expression that never finishes is ended with that worker, and
 * no column notices.
 */
export class VocabularyReader {
  readonly #client: WorkerClient<VocabularyApi>;
  readonly #second: number;

  /**
   * @param spawn starts the worker
   * @param second length of a second in milliseconds, for tests
   */
  constructor(spawn: () => WorkerLike, second = 1000) {
    this.#second = second;
    this.#client = new WorkerClient<VocabularyApi>(spawn, { idleMs: IDLE_SECONDS * second });
  }

  /** @throws TokenoscopeError `aborted`, `tokenizer-unsupported`, and what loading a tokenizer throws */
  open(tokenizer: TokenizerRef, options: CallOptions<SegmentProgress>): Promise<VocabularyFacts> {
    return this.#client.call('openVocabulary', { tokenizer }, options);
  }

  /** @throws TokenoscopeError `query-invalid`, `query-stuck`, and as `open` does */
  async list(args: ListArgs, options: CallOptions<SegmentProgress>): Promise<TokenPage> {
    if (args.selection.by !== 'regex' || args.selection.value === '') {
      return this.#client.call('listTokens', args, options);
    }
    // Whatever takes long for other reasons is done first.
    await this.open(args.tokenizer, options);
    return this.#watched(args, options);
  }

  /** Null where there is no such token. @throws TokenoscopeError as `open` does */
  describe(
    tokenizer: TokenizerRef,
    id: number,
    options: CallOptions<SegmentProgress>,
  ): Promise<TokenCard | null> {
    return this.#client.call('describeToken', { tokenizer, id }, options);
  }

  /** Stops the worker; calls in flight fail as aborted. */
  dispose(): void {
    this.#client.dispose();
  }

  async #watched(args: ListArgs, { signal, onProgress }: CallOptions<SegmentProgress>): Promise<TokenPage> {
    const own = new AbortController();
    const abort = () => own.abort();
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    let silent = 0;
    let isLost = false;
    // Ticks are counted, not elapsed time, because a laptop may have been asleep.
    const timer = setInterval(() => {
      if (++silent < PATIENCE) return;
      isLost = true;
      own.abort();
      this.#client.restart();
    }, this.#second);
    try {
      return await this.#client.call('listTokens', args, {
        signal: own.signal,
        onProgress: (progress) => {
          silent = 0;
          onProgress?.(progress);
        },
      });
    } catch (error) {
      if (!isLost) throw error;
      throw new TokenoscopeError(
        'query-stuck',
        `The expression took more than ${PATIENCE} s on one token without finishing, and was stopped.`,
        'Nested repetitions such as (a+)+ can take exponential time. Write it without them.',
      );
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', abort);
    }
  }
}
