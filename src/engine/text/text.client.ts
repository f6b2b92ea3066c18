import { TokenoscopeError } from '../../core/errors';
import type { TokenSpans } from '../../core/text/spans';
import type { TokenExplanation } from '../../core/text/token-explanation';
import type { TextTrace } from '../../core/text/traces';
import { type CallOptions, WorkerClient, type WorkerLike } from '../rpc/client';
import type { ProgressOf } from '../rpc/protocol';
import type { TextWorkerApi } from './study.api';
import type { ExplainArgs, SegmentProgress, SpansArgs, TextApi, TextRef, TraceArgs } from './text.api';

/** A text of the page and its number, which changes with every change of the text. */
export interface KeyedText {
  readonly key: number;
  readonly bytes: Uint8Array;
}

/** How long a busy worker may give no sign of life, in seconds ... */
const PATIENCE = 10;

/** ... and for each megabyte of text: some normalizers take a text in one go. */
const PATIENCE_PER_MB = 2;

/** A worker that is idle for this long (seconds) ends; its tokenizers are built again when needed. */
const IDLE_SECONDS = 300;

/** How long an aborted call may give no sign of life. */
const PATIENCE_UNWANTED = 2;

/** The methods that cut a text into pieces, which a pattern may keep from ever ending. */
export type CuttingMethod = 'segment' | 'layout' | 'cutText' | 'cutCurve' | 'cutBest';

/** A call of one of them. */
interface Cutting {
  readonly label: string;
  /** Seconds. */
  readonly patience: number;
  wanted: boolean;
  fail(error: TokenoscopeError): void;
}

/**
 * The page's side of one text worker. Sends a text only once, and watches the segmentation: a regular expression
 * can take longer than the universe has existed, and nothing inside the worker can stop it.
 */
export class TextWorker {
  readonly client: WorkerClient<TextWorkerApi>;
  readonly #second: number;
  #heldText = 0;
  #cutting: Cutting | undefined;
  #silent = 0;
  #ping: AbortController | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /**
   * @param spawn starts the worker
   * @param second length of a second in milliseconds, for tests
   */
  constructor(spawn: () => WorkerLike, second = 1000) {
    this.#second = second;
    this.client = new WorkerClient<TextWorkerApi>(spawn, {
      idleMs: IDLE_SECONDS * second,
      onEnd: () => {
        this.#heldText = 0;
      },
    });
  }

  /**
   * Calls a method that cuts a text.
   * @throws TokenoscopeError `tokenizer-stuck` if the worker falls silent over it, and whatever the call throws
   */
  async cut<M extends CuttingMethod>(
    method: M,
    args: Omit<TextApi[M]['args'], 'text'>,
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<NonNullable<TextWorkerApi[M]['result']>> {
    const patience = PATIENCE + Math.floor(text.bytes.length / 1e6) * PATIENCE_PER_MB;
    return this.#ask<NonNullable<TextWorkerApi[M]['result']>>(text, (sent) =>
      this.#watched(method, { ...args, text: sent } as TextApi[M]['args'], patience, options),
    );
  }

  /** Calls `spans`. @throws what the call throws */
  async spans(
    args: Omit<SpansArgs, 'text'>,
    { key, bytes }: KeyedText,
    signal: AbortSignal,
  ): Promise<TokenSpans> {
    return this.#ask({ key, bytes }, (text) => this.client.call('spans', { ...args, text }, { signal }));
  }

  /** Calls `trace`; undefined where the model has no trace. @throws what the call throws */
  async trace(
    args: Omit<TraceArgs, 'text'>,
    keyed: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<TextTrace | undefined> {
    const answer = await this.#ask(keyed, (text) => this.client.call('trace', { ...args, text }, options));
    return answer.trace;
  }

  /** Calls a method that looks closer at a text. @throws what the call throws */
  async study<M extends 'measure' | 'split' | 'pack'>(
    method: M,
    args: Omit<TextWorkerApi[M]['args'], 'text'>,
    { key, bytes }: KeyedText,
    options: CallOptions<ProgressOf<TextWorkerApi[M]>>,
  ): Promise<NonNullable<TextWorkerApi[M]['result']>> {
    return this.#ask<NonNullable<TextWorkerApi[M]['result']>>({ key, bytes }, (text) =>
      this.client.call(method, { ...args, text } as unknown as TextWorkerApi[M]['args'], options),
    );
  }

  /** Calls `explain`. @throws what the call throws */
  async explain(
    args: Omit<ExplainArgs, 'text'>,
    keyed: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<TokenExplanation> {
    return this.#ask(keyed, (text) => this.client.call('explain', { ...args, text }, options));
  }

  /** Ends the worker as soon as nobody waits for it; the next call starts it again. */
  release(): void {
    this.client.release();
  }

  /** Stops the worker; calls in flight fail as aborted. */
  dispose(): void {
    this.#stopWatching();
    this.client.dispose();
  }

  /** Sends the text only where the worker turns out not to have it. */
  async #ask<T>({ key, bytes }: KeyedText, call: (text: TextRef) => Promise<T | null>): Promise<T> {
    const isHeld = this.#heldText === key;
    this.#heldText = key;
    const answer = (isHeld ? await call({ key }) : null) ?? (await call({ key, bytes }));
    if (answer === null) throw new Error('The worker has lost a text that it was just given.');
    return answer;
  }

  async #watched<M extends CuttingMethod>(
    method: M,
    args: TextApi[M]['args'],
    patience: number,
    { signal, onProgress }: CallOptions<SegmentProgress>,
  ): Promise<TextWorkerApi[M]['result']> {
    const own = new AbortController();
    let reject: (error: TokenoscopeError) => void = () => {};
    const stuck = new Promise<never>((_, fail) => {
      reject = fail;
    });
    const cutting: Cutting = {
      label: args.tokenizer.label,
      patience,
      wanted: true,
      fail: (error) => {
        reject(error);
        own.abort();
      },
    };
    const onAbort = () => {
      cutting.wanted = false;
      own.abort();
    };
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const call = this.client.call(method, args, {
        signal: own.signal,
        onProgress: (progress: SegmentProgress) => {
          if (progress.phase === 'encode') this.#watch(cutting);
          onProgress?.(progress);
        },
      });
      call.catch(() => undefined);
      const result = await Promise.race([stuck, call]);
      if (this.#cutting === cutting) this.#stopWatching();
      return result as TextWorkerApi[M]['result'];
    } finally {
      // An aborted call stays under watch until the worker responds again.
      if (this.#cutting === cutting && cutting.wanted) this.#stopWatching();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #watch(cutting: Cutting): void {
    this.#cutting = cutting;
    this.#silent = 0;
    // Ticks are counted, not elapsed time, because a laptop may have been asleep.
    this.#timer ??= setInterval(() => this.#tick(), this.#second);
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#cutting = undefined;
    this.#ping?.abort();
    this.#ping = undefined;
  }

  #tick(): void {
    const cutting = this.#cutting;
    if (!cutting) return;
    if (!this.#ping) {
      const ping = new AbortController();
      this.#ping = ping;
      this.client.call('ping', null, { signal: ping.signal }).then(
        () => {
          if (this.#ping !== ping) return;
          this.#ping = undefined;
          this.#silent = 0;
          // It responds, so it has received the abort as well.
          if (this.#cutting && !this.#cutting.wanted) this.#stopWatching();
        },
        () => undefined,
      );
      return;
    }
    this.#silent++;
    if (this.#silent < (cutting.wanted ? cutting.patience : PATIENCE_UNWANTED)) return;
    this.#stopWatching();
    cutting.fail(stuckError(cutting));
    this.client.restart();
  }
}

function stuckError({ label, patience }: Cutting): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-stuck',
    `The pattern of ${label} took more than ${patience} s on this text without finishing, and was stopped.`,
    'Some regular expressions take exponential time on some texts. Shorten the text or remove the tokenizer.',
  );
}
