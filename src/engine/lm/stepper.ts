import type { PlainTensor, Session } from '../ort/runtime';
import { type KeyValues, rowOf, stacked } from './key-values';
import type { Prefix } from './language-model';
import type { LmManifest } from './manifest';
import { probabilities } from './softmax';
import { windowBegin } from './window';

/** What a network has computed of a window. */
interface State {
  readonly keyValues: KeyValues;
  /** Behind its last id. */
  readonly logits: Float32Array;
}

/** Windows of which the state is kept: that of the start, and those that were computed last. */
const KEPT = 4;

/**
 * A network that reads one id at a time. A sum of floating-point numbers depends on the order of its terms, and how many
 * ids are computed together decides that order; so the same prefix may get other last digits from `NetworkModel`, whatever
 * is near it in a batch or known already. Here a prefix is always computed in the same steps, and gives the same
 * numbers to the last bit, in whatever order prefixes are asked for. On the same machine and in the same runtime only:
 * another one may add up otherwise.
 */
export class Stepper {
  readonly #session: Session;
  readonly #manifest: LmManifest;
  readonly #context: number;
  /** By the ids of a window. The one used last comes last. */
  readonly #states = new Map<string, State>();

  /** @param context ids that are seen at most, even and no more than the model's: the fewer, the faster */
  constructor(session: Session, manifest: LmManifest, context: number) {
    this.#session = session;
    this.#manifest = manifest;
    this.#context = context;
  }

  /** The distribution of what follows a prefix. One call at a time. @throws TokenoscopeError `aborted`, `model-run` */
  async next(prefix: Prefix, signal?: AbortSignal): Promise<Float64Array> {
    const { logits } = await this.#stateOf(this.windowOf(prefix), signal);
    return probabilities(logits);
  }

  /** The ids that a prefix's next token is predicted by, the start among them: the same for prefixes that end alike. */
  windowOf(prefix: Prefix): number[] {
    const ids = new Array<number>(prefix.length - windowBegin(prefix.length, this.#context) + 1);
    let at: Prefix = prefix;
    for (let i = ids.length - 1; i >= 0; i--) {
      ids[i] = at.before ? at.id : this.#manifest.vocabulary.start;
      at = at.before ?? at;
    }
    return ids;
  }

  async #stateOf(ids: readonly number[], signal: AbortSignal | undefined): Promise<State> {
    // A window that has moved on begins with half of it at once, any other with the start alone.
    const first = ids[0] === this.#manifest.vocabulary.start ? 1 : this.#context / 2;
    let length = ids.length;
    let state: State | undefined;
    for (; length >= first && !state; length--) state = this.#states.get(keyOf(ids, length));
    length = state ? length + 1 : 0;
    while (length < ids.length) {
      const to = Math.max(first, length + 1);
      state = await this.#run(ids.slice(length, to), state, signal);
      length = to;
    }
    const key = keyOf(ids, ids.length);
    this.#states.delete(key);
    this.#states.set(key, state!);
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= KEPT) break;
      if (oldest.length > 1) this.#states.delete(oldest);
    }
    return state!;
  }

  async #run(
    ids: readonly number[],
    state: State | undefined,
    signal: AbortSignal | undefined,
  ): Promise<State> {
    const { symbols } = this.#manifest.vocabulary;
    const past = stacked([state?.keyValues], state?.keyValues.length ?? 0, this.#manifest.shape);
    const { logits, present } = await this.#session.runAll(
      { ids: { data: Int32Array.from(ids), dims: [1, ids.length] }, past },
      ['logits', 'present'],
      signal,
    );
    const data = logits.data as Float32Array;
    return { keyValues: rowOf(present as PlainTensor, 0), logits: data.slice(data.length - symbols) };
  }
}

/** The first ids as text: ids are below 2^16. */
function keyOf(ids: readonly number[], length: number): string {
  return String.fromCharCode(...ids.slice(0, length));
}
