import { tokenizerFileId } from '../../core/link/tokenizer-file';
import type { RowLayout } from '../../core/text/rows';
import type { TokenSpans } from '../../core/text/spans';
import type { TokenExplanation } from '../../core/text/token-explanation';
import type { TokenSequence } from '../../core/text/token-sequence';
import type { TokenEntry } from '../../core/text/tokens';
import type { TextTrace } from '../../core/text/traces';
import type { BestSegmentations, CutCurve } from '../../core/text/vocabulary-cut';
import type { CallOptions, WorkerClient, WorkerLike } from '../rpc/client';
import type { ProgressOf } from '../rpc/protocol';
import type { NamedBlob } from '../storage/named-blob';
import type { StoredTokenizer } from '../storage/tokenizer-store';
import type { CheckApi } from './check.api';
import type { ManyArgs, PackArgs, TextWorkerApi } from './study.api';
import type {
  AcceptedTokenizer,
  AcceptProgress,
  CutView,
  ExplainArgs,
  LookUpQuery,
  ReadText,
  SegmentArgs,
  Segmentation,
  SegmentProgress,
  SpansArgs,
  TextApi,
  TokenizerRef,
  TraceArgs,
} from './text.api';
import { type KeyedText, TextWorker } from './text.client';

/** More workers than this gain nothing: the page shows a handful of columns. */
const MAX_WORKERS = 4;

type Checks = CheckApi<TokenizerRef, SegmentProgress>;

/** How long (ms) a check waits for an aborted call that holds its worker. */
const CHECK_PATIENCE = 2000;

/** What to segment, with which tokenizer, for which width. */
export type CutArgs = Omit<SegmentArgs, 'text'>;

/** Bytes so far. */
interface Bytes {
  readonly loaded: number;
  readonly total: number;
}

/**
 * The page's side of the text workers. The catalogue's tokenizers are spread over a few workers; each stays with
 * the one that has loaded it. A tokenizer from a visitor's file has a worker of its own: whatever is wrong with
 * it delays no other column, and its memory is freed when the worker ends.
 */
export class TextSegmenter {
  readonly #shared: readonly TextWorker[];
  readonly #homes = new Map<string, TextWorker>();
  readonly #own = new Map<string, TextWorker>();

  /** Starts another text worker, by the name that debuggers show. */
  readonly spawn: (name: string) => WorkerLike;

  /**
   * @param workers how many workers to share; as many as there are cores beside the page's own by default
   * @param spawn starts a worker, for tests
   */
  constructor(
    workers = Math.min(MAX_WORKERS, Math.max(1, navigator.hardwareConcurrency - 1)),
    spawn = spawnWorker,
  ) {
    this.spawn = spawn;
    this.#shared = Array.from({ length: workers }, (_, i) => this.#start(`text-${i}`));
  }

  /** Ends all workers; calls in flight fail as aborted. */
  dispose(): void {
    for (const worker of [...this.#shared, ...this.#own.values()]) worker.dispose();
    this.#own.clear();
    this.#homes.clear();
  }

  /**
   * Loads the tokenizer where needed, segments the text and lays the tokens out in rows.
   * @throws TokenoscopeError `aborted`, `tokenizer-fetch`, `tokenizer-corrupt`, `tokenizer-stuck`, `worker-died`
   */
  segment(args: CutArgs, text: KeyedText, options: CallOptions<SegmentProgress>): Promise<Segmentation> {
    return this.#home(args.tokenizer).cut('segment', args, text, options);
  }

  /** Lays out the tokens of the same text again. @throws as `segment` does */
  layout(args: CutArgs, text: KeyedText, options: CallOptions<SegmentProgress>): Promise<RowLayout> {
    return this.#home(args.tokenizer).cut('layout', args, text, options);
  }

  /**
   * The span of a token's bytes in other units.
   * @param tokenizer whose worker to ask, because it already has the text
   * @throws TokenoscopeError as `segment` does
   */
  spans(
    tokenizer: string,
    args: Omit<SpansArgs, 'text'>,
    text: KeyedText,
    signal: AbortSignal,
  ): Promise<TokenSpans> {
    const worker = this.#own.get(tokenizer) ?? this.#homes.get(tokenizer) ?? this.#shared[0]!;
    return worker.spans(args, text, signal);
  }

  /**
   * How the text became its tokens; undefined where the model has no trace.
   * @throws TokenoscopeError as `segment` does
   */
  trace(
    args: Omit<TraceArgs, 'text'>,
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<TextTrace | undefined> {
    return this.#home(args.tokenizer).trace(args, text, options);
  }

  /**
   * Asks a tokenizer's worker something about short texts or its vocabulary.
   * @throws TokenoscopeError as `segment` does; a pattern that never ends is ended by the signal
   */
  check<M extends keyof Checks>(
    method: M,
    args: Checks[M]['args'],
    { signal, onProgress }: CallOptions<SegmentProgress>,
  ): Promise<Checks[M]['result']> {
    const client: WorkerClient<Checks> = this.#home(args.tokenizer).client;
    return client.call(method, args, {
      signal,
      patience: CHECK_PATIENCE,
      ...(onProgress ? { onProgress } : {}),
    } as CallOptions<ProgressOf<Checks[M]>>);
  }

  /**
   * Cuts the text with a part of the vocabulary; null where there is nothing to cut.
   * @throws TokenoscopeError as `segment` does; `text-too-large`
   */
  async cutText(
    args: Omit<TextApi['cutText']['args'], 'text'>,
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<CutView | null> {
    return (await this.#home(args.tokenizer).cut('cutText', args, text, options)).view;
  }

  /** How many tokens the text has, by the size of the vocabulary. @throws as `cutText` does */
  async cutCurve(
    args: Omit<TextApi['cutCurve']['args'], 'text'>,
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<CutCurve | null> {
    return (await this.#home(args.tokenizer).cut('cutCurve', args, text, options)).curve;
  }

  /** The most likely segmentations, where a cut vocabulary tells likelihoods. @throws as `cutText` does */
  async cutBest(
    args: Omit<TextApi['cutBest']['args'], 'text'>,
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<BestSegmentations | null> {
    return (await this.#home(args.tokenizer).cut('cutBest', args, text, options)).best;
  }

  /**
   * Calls `measure` or `split`, which look closer at a text.
   * @throws TokenoscopeError as `segment` does
   */
  study<M extends 'measure' | 'split'>(
    method: M,
    args: Omit<TextWorkerApi[M]['args'], 'text'> & { readonly tokenizer: TokenizerRef },
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<NonNullable<TextWorkerApi[M]['result']>> {
    return this.#home(args.tokenizer).study(method, args, text, options);
  }

  /** Makes a file of pieces that a tokenizer's worker has split. @throws TokenoscopeError as `segment` does */
  pack(
    tokenizer: TokenizerRef,
    args: Omit<PackArgs, 'text'>,
    text: KeyedText,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    return this.#home(tokenizer).study('pack', args, text, { signal });
  }

  /** How many tokens each of many texts has. @throws TokenoscopeError as `segment` does */
  count(args: ManyArgs, options: CallOptions<SegmentProgress>): Promise<Uint32Array> {
    return this.#home(args.tokenizer).client.call('count', args, options);
  }

  /** The tokens of each of many texts. @throws TokenoscopeError as `segment` does */
  cutEach(args: ManyArgs, options: CallOptions<SegmentProgress>): Promise<readonly TokenSequence[]> {
    return this.#home(args.tokenizer).client.call('cutEach', args, options);
  }

  /**
   * What there is to know about one token of a text.
   * @throws TokenoscopeError as `segment` does
   */
  explain(
    args: Omit<ExplainArgs, 'text'>,
    text: KeyedText,
    options: CallOptions<SegmentProgress>,
  ): Promise<TokenExplanation> {
    return this.#home(args.tokenizer).explain(args, text, options);
  }

  /**
   * Finds tokens by id, text or spelling.
   * @throws TokenoscopeError as `segment` does
   */
  lookUp(tokenizer: TokenizerRef, query: LookUpQuery, signal: AbortSignal): Promise<readonly TokenEntry[]> {
    return this.#home(tokenizer).client.call('lookUp', { tokenizer, query }, { signal });
  }

  /**
   * The Jinja template that puts conversations together; null where the tokenizer's files have none.
   * @throws TokenoscopeError as `segment` does
   */
  chatTemplate(tokenizer: TokenizerRef, signal: AbortSignal): Promise<string | null> {
    return this.#home(tokenizer).client.call('chatTemplate', { tokenizer }, { signal });
  }

  /**
   * Reads a tokenizer from files; it is then ready under the id of its content. An abort takes effect at once,
   * whatever the worker is doing.
   * @throws TokenoscopeError `aborted`, `tokenizer-corrupt`, `tokenizer-too-large`, `file-unreadable`, `worker-died`
   */
  async accept(
    files: readonly NamedBlob[],
    { signal, onProgress }: CallOptions<AcceptProgress>,
  ): Promise<AcceptedTokenizer> {
    const worker = this.#start('text-file');
    const stop = () => worker.dispose();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const accepted = await worker.client.call(
        'accept',
        { files },
        { signal, ...(onProgress ? { onProgress } : {}) },
      );
      this.#settle(tokenizerFileId(accepted.sha256), worker);
      return accepted;
    } catch (error) {
      worker.dispose();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Stores a tokenizer that was accepted. @throws TokenoscopeError `storage-full`, `storage-refused` */
  async store(record: StoredTokenizer, files: readonly NamedBlob[]): Promise<void> {
    const id = tokenizerFileId(record.sha256);
    await this.#home({ id, label: record.name, spec: { kind: 'files', files } }).client.call('store', {
      record,
      files,
    });
  }

  /**
   * Reads a text file in a worker of its own.
   * @param limit most bytes of UTF-8
   * @throws TokenoscopeError `aborted`, `text-too-large`, `not-text`, `file-unreadable`
   */
  async readText(file: NamedBlob, limit: number, options: CallOptions<Bytes>): Promise<ReadText> {
    const worker = this.#start('text-reader');
    try {
      return await worker.client.call('readText', { file, limit }, options);
    } finally {
      worker.dispose();
    }
  }

  /** Frees what a tokenizer's column took. */
  release(id: string): void {
    this.#own.get(id)?.dispose();
    this.#own.delete(id);
    const home = this.#homes.get(id)?.client;
    // A stuck or ended worker keeps nothing.
    if (home?.isRunning) home.call('forget', { tokenizer: id }).catch(() => undefined);
  }

  /** Ends all workers as soon as nobody waits for them, when the lab is left. The next calls start them again. */
  releaseWorkers(): void {
    for (const worker of [...this.#shared, ...this.#own.values()]) worker.release();
  }

  #home({ id, spec }: TokenizerRef): TextWorker {
    const homes = spec.kind === 'files' ? this.#own : this.#homes;
    let worker = homes.get(id);
    if (!worker) {
      worker =
        spec.kind === 'files'
          ? this.#start('text-file')
          : this.#shared[this.#homes.size % this.#shared.length]!;
      homes.set(id, worker);
    }
    return worker;
  }

  #start(name: string): TextWorker {
    return new TextWorker(() => this.spawn(name));
  }

  #settle(id: string, worker: TextWorker): void {
    if (this.#own.has(id)) worker.dispose();
    else this.#own.set(id, worker);
  }
}

function spawnWorker(name: string): WorkerLike {
  return new Worker(new URL('./text.worker.ts', import.meta.url), { type: 'module', name });
}
