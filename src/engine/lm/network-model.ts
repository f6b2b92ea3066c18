import { throwIfAborted } from '../../core/errors';
import type { PlainTensor, Session } from '../ort/runtime';
import { rowOf, stacked } from './key-values';
import { KnownWindows } from './known-windows';
import {
  type Continuation,
  idsOf,
  type LanguageModel,
  type LmVocabulary,
  type Prefix,
} from './language-model';
import type { LmManifest } from './manifest';
import { normalizerOf, probabilities } from './softmax';
import { Stepper } from './stepper';
import { windowBegin, windowEnd } from './window';

/** What is kept of computed windows, in bytes, unless something else is said: about twelve full ones of the large models. */
const KEPT_BYTES = 64_000_000;

/** Windows that are computed together at most, and ids of all of them. */
const MOST_ROWS = 8;
const MOST_IDS = 1024;

/** Ids that windows lack at most which go on from what is known together. */
const MOST_STEPS = 4;

/** Called for each token that is read, in order. */
export type VisitToken = (
  /** Which token of the text. */
  index: number,
  /** Logits of all tokens in its place. Used again: keep nothing of it. */
  logits: Float32Array,
  /** What is subtracted from a logit to get the natural logarithm of a probability. */
  normalizer: number,
) => void;

/** A window to be computed from its start. */
interface WindowJob {
  readonly ids: Int32Array;
  /** The rows of it that are asked for: from this one to its last. */
  readonly first: number;
  visit(row: number, logits: Float32Array): void;
}

/**
 * A decoder of `public/lm` over onnxruntime. What a long text's tokens see is said in `windowBegin`: `next`, `score` and
 * `read` agree on it, so that all of them give a token the same probability.
 */
export class NetworkModel implements LanguageModel {
  readonly vocabulary: LmVocabulary;
  readonly context: number;
  readonly #session: Session;
  readonly #manifest: LmManifest;
  readonly #known: KnownWindows;

  /** @param keptBytes of computed windows, so that a prefix that goes on costs its new ids alone */
  constructor(session: Session, manifest: LmManifest, vocabulary: LmVocabulary, keptBytes = KEPT_BYTES) {
    this.vocabulary = vocabulary;
    this.context = manifest.context;
    this.#session = session;
    this.#manifest = manifest;
    this.#known = new KnownWindows(manifest.vocabulary.symbols, keptBytes);
  }

  /** Bytes of computed windows that are kept now. */
  get keptBytes(): number {
    return this.#known.bytes;
  }

  async next(prefixes: readonly Prefix[], signal?: AbortSignal): Promise<readonly Float64Array[]> {
    const windows = prefixes.map((prefix) => this.#windowOf(prefix));
    const found = new Array<Float64Array | undefined>(prefixes.length);
    // Long ones first: what they begin with is known then.
    const open = new Set([...windows.keys()].sort((a, b) => windows[b]!.length - windows[a]!.length));
    while (open.size > 0) {
      throwIfAborted(signal);
      const batch: number[][] = [];
      const rows: ReturnType<KnownWindows['find']>[] = [];
      for (const index of open) {
        const ids = windows[index]!;
        const known = this.#known.find(ids);
        if (known.length === ids.length) {
          found[index] = probabilities(known.logits!);
          open.delete(index);
          continue;
        }
        const [first, row] = [batch[0], rows[0]];
        if (first && row) {
          // Together only where each is a few steps from what is known: else what they share would be computed for each.
          const fits = ids.length === first.length && known.length === row.length;
          if (!fits || ids.length - known.length > MOST_STEPS || batch.length === MOST_ROWS) continue;
        }
        batch.push(ids);
        rows.push(known);
      }
      const [row] = rows;
      if (!row) break;
      await this.#extend(
        batch,
        row.length,
        rows.map(({ keyValues }) => keyValues),
        signal,
      );
    }
    return found as Float64Array[];
  }

  async score(
    continuations: readonly Continuation[],
    signal?: AbortSignal,
  ): Promise<readonly Float64Array[]> {
    const results = continuations.map(({ ids }) => new Float64Array(ids.length));
    const jobs = continuations.flatMap(({ prefix, ids }, i) => {
      const result = results[i]!;
      const before = idsOf(prefix);
      return this.#jobs(
        [...before, ...Array.from(ids)],
        before.length,
        before.length + ids.length,
        (index, logits, normalizer) => {
          const at = index - before.length;
          result[at] = (logits[ids[at]!]! - normalizer) / Math.LN2;
        },
      );
    });
    await this.#runJobs(jobs, signal);
    return results;
  }

  /**
   * Reads tokens of a text and shows what was expected at each.
   * @param ids all tokens up to `to`
   * @param from the first that is visited
   * @throws TokenoscopeError `aborted`, `model-run`
   */
  async read(
    ids: ArrayLike<number>,
    from: number,
    to: number,
    visit: VisitToken,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#runJobs(this.#jobs(ids, from, to, visit), signal);
  }

  /** How far `read` gets from a token on with one window: the cheapest place to stop. */
  readEnd(from: number): number {
    return windowEnd(from, this.context);
  }

  /**
   * The same network read one id at a time, which gives the same numbers to the last bit whenever it is asked.
   * @param context ids that it sees at most, even
   */
  stepper(context = this.context): Stepper {
    return new Stepper(this.#session, this.#manifest, Math.min(context, this.context));
  }

  /** Frees what the runtime holds. */
  async release(): Promise<void> {
    await this.#session.release();
  }

  /** The ids that a prefix's next token is predicted by. */
  #windowOf(prefix: Prefix): number[] {
    const begin = windowBegin(prefix.length, this.context);
    const ids = new Array<number>(prefix.length - begin + 1);
    let at: Prefix = prefix;
    for (let i = ids.length - 1; i >= 0; i--) {
      ids[i] = at.before ? at.id : this.#manifest.vocabulary.start;
      at = at.before ?? at;
    }
    return ids;
  }

  #jobs(ids: ArrayLike<number>, from: number, to: number, visit: VisitToken): WindowJob[] {
    const jobs: WindowJob[] = [];
    const { start } = this.#manifest.vocabulary;
    for (let at = from; at < to; ) {
      const begin = windowBegin(at, this.context);
      const end = Math.min(to, windowEnd(at, this.context));
      const window = Int32Array.from({ length: end - begin }, (_, i) =>
        begin + i === 0 ? start : ids[begin + i - 1]!,
      );
      jobs.push({
        ids: window,
        first: at - begin,
        visit: (row, logits) => visit(begin + row, logits, normalizerOf(logits)),
      });
      at = end;
    }
    return jobs;
  }

  async #runJobs(jobs: readonly WindowJob[], signal: AbortSignal | undefined): Promise<void> {
    // Windows of about the same length together: what is behind a shorter one's end is computed for nothing.
    const queue = jobs.toSorted((a, b) => b.ids.length - a.ids.length);
    const { symbols } = this.#manifest.vocabulary;
    for (let at = 0; at < queue.length; ) {
      throwIfAborted(signal);
      const length = queue[at]!.ids.length;
      const count = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_IDS / length)));
      const batch = queue.slice(at, at + count);
      at += batch.length;
      const ids = new Int32Array(batch.length * length);
      for (const [row, job] of batch.entries()) ids.set(job.ids, row * length);
      const { logits } = await this.#session.runAll(
        {
          ids: { data: ids, dims: [batch.length, length] },
          past: stacked(
            batch.map(() => undefined),
            0,
            this.#shape,
          ),
        },
        ['logits'],
        signal,
      );
      const all = logits.data as Float32Array;
      for (const [row, job] of batch.entries())
        for (let i = job.first; i < job.ids.length; i++) {
          const from = (row * length + i) * symbols;
          job.visit(i, all.subarray(from, from + symbols));
        }
    }
  }

  /** Computes windows of one length, whose first ids are known, and remembers them. */
  async #extend(
    windows: readonly (readonly number[])[],
    known: number,
    rows: readonly Parameters<typeof stacked>[0][number][],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const fresh = windows[0]!.length - known;
    const ids = Int32Array.from(windows.flatMap((window) => window.slice(known)));
    const { logits, present } = await this.#session.runAll(
      {
        ids: { data: ids, dims: [windows.length, fresh] },
        past: stacked(rows, known, this.#shape),
      },
      ['logits', 'present'],
      signal,
    );
    const size = fresh * this.#manifest.vocabulary.symbols;
    for (const [i, window] of windows.entries()) {
      this.#known.add(window, {
        keyValues: rowOf(present as PlainTensor, i),
        logits: (logits.data as Float32Array).slice(i * size, (i + 1) * size),
      });
    }
  }

  get #shape() {
    return this.#manifest.shape;
  }
}
