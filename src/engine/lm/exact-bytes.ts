import type { ByteState, ByteStep, Covers, DrawnToken } from './byte-state';
import type { Encodings } from './encodings';
import { extend, type LanguageModel, type Prefix, START } from './language-model';
import { type Span, SpelledTokens } from './spelled-tokens';

/**
 * The exact distribution of bytes under a model over tokens (Phan et al., arXiv 2410.09303: the byte-token representation
 * lemma). A text's probability is the sum over its covers: the encodings that begin with it and whose last token begins
 * within it. Sequences that are no encoding count for nothing, and what the model gives them is shared among the others.
 */
export class ExactBytes {
  readonly #model: LanguageModel;
  readonly #encodings: Encodings;
  readonly #tokens: SpelledTokens;

  constructor(model: LanguageModel, encodings: Encodings) {
    this.#model = model;
    this.#encodings = encodings;
    this.#tokens = new SpelledTokens(model.vocabulary);
  }

  /** Before anything has been read; or behind tokens that a text certainly has. @throws TokenoscopeError `aborted` */
  async start(prefix: Prefix = START, signal?: AbortSignal): Promise<ByteState> {
    const [covers] = await this.#begin([{ prefix, weight: 1 }], signal);
    return this.#state([covers!], 0, 1);
  }

  /**
   * Reads one byte each, of many states together: one call of the model for all of them.
   * A byte that no encoding goes on with gives a state in which no byte has a probability.
   * @throws TokenoscopeError `aborted`
   */
  async readEach(steps: readonly ByteStep[], signal?: AbortSignal): Promise<readonly ByteState[]> {
    const begun: { prefix: Prefix; weight: number }[] = [];
    const read = steps.map(({ state, byte }) => {
      const first = begun.length;
      const covers: Covers[] = [];
      for (const { span, depth, ...rest } of state.covers) {
        const narrowed = this.#tokens.narrow(span, depth, byte);
        const longer = this.#tokens.longer(narrowed, depth + 1);
        for (let place = narrowed.from; place < longer; place++) {
          const weight = rest.weight * rest.chances[place]!;
          if (weight > 0) begun.push({ prefix: extend(rest.prefix, this.#tokens.ids[place]!), weight });
        }
        if (longer < narrowed.to) covers.push({ ...rest, depth: depth + 1, span: narrowed });
      }
      return { covers, first, last: begun.length };
    });
    const fresh = await this.#begin(begun, signal);
    return read.map(({ covers, first, last }, i) => {
      const { bits, calls } = steps[i]!.state;
      return this.#state([...covers, ...fresh.slice(first, last)], bits, calls + last - first);
    });
  }

  /** Reads bytes, one after the other. @throws TokenoscopeError `aborted` */
  async read(state: ByteState, bytes: ArrayLike<number>, signal?: AbortSignal): Promise<ByteState> {
    let now = state;
    for (let i = 0; i < bytes.length; i++) {
      const [next] = await this.readEach([{ state: now, byte: bytes[i]! }], signal);
      now = next!;
    }
    return now;
  }

  /**
   * The tokens of a text and of everything that it begins with.
   * @returns for 0, 1, 2, ... bytes the sequences that begin an encoding: one, as long as a tokenizer does not look ahead;
   * none where there is none
   */
  encodings(bytes: Uint8Array): readonly (readonly Prefix[])[] {
    const found = Array.from({ length: bytes.length + 1 }, (): Prefix[] => []);
    found[0]!.push(START);
    for (let from = 0; from < bytes.length; from++) {
      for (const prefix of found[from]!) {
        const allowed = this.#encodings.after(prefix);
        this.#along(bytes, from, (span, depth) => {
          const longer = this.#tokens.longer(span, depth);
          for (let place = span.from; place < longer; place++) {
            const id = this.#tokens.ids[place]!;
            if (allowed[id] === 1) found[from + depth]!.push(extend(prefix, id));
          }
        });
      }
    }
    return found;
  }

  /**
   * The encoding of a text itself, out of what `encodings` found; of a text that ends within a character, tokens that begin
   * one. Undefined where it has none.
   */
  encoding(found: readonly (readonly Prefix[])[]): Prefix | undefined {
    const last = found.at(-1);
    return last?.find((prefix) => this.#encodings.isWhole(prefix)) ?? last?.[0];
  }

  /**
   * Behind a prompt, by a search for its covers. What all of them share cancels and is not asked for, so that this costs
   * few calls however long the prompt is.
   * @param encodings those of the prompt, where they are known
   * @throws TokenoscopeError `aborted`
   */
  async behind(
    prompt: Uint8Array,
    signal?: AbortSignal,
    encodings: readonly (readonly Prefix[])[] = this.encodings(prompt),
  ): Promise<ByteState> {
    const open: { prefix: Prefix; depth: number; span: Span }[] = [];
    const { longest } = this.#tokens;
    for (let from = Math.max(0, prompt.length - longest); from < prompt.length; from++) {
      this.#along(prompt, from, (span, depth) => {
        if (from + depth < prompt.length || this.#tokens.longer(span, depth) === span.to) return;
        for (const prefix of encodings[from]!) open.push({ prefix, depth, span });
      });
    }
    for (const prefix of encodings[prompt.length]!) open.push({ prefix, depth: 0, span: this.#tokens.all });
    const paths = pathsFromCommon(open.map(({ prefix }) => prefix));
    const asked = [...new Set(paths.flat())];
    const all = await this.#begin(
      asked.map((prefix) => ({ prefix, weight: 1 })),
      signal,
    );
    const follows = new Map(asked.map((prefix, i) => [prefix, all[i]!] as const));
    const chanceOf = ({ before, id }: Prefix) => {
      const { weight, chances } = follows.get(before!)!;
      return weight * chances[this.#tokens.place(id)]!;
    };
    const covers = open.map((each, i) => {
      const { chances, weight } = follows.get(each.prefix)!;
      const path = paths[i]!.slice(1);
      return {
        ...each,
        chances,
        weight: path.reduce((product, prefix) => product * chanceOf(prefix), weight),
      };
    });
    return { ...this.#state(covers, 0, asked.length), bits: 0 };
  }

  /**
   * Behind tokens that are taken for certain, as a model is usually prompted: the next token is drawn as the model says,
   * whether or not the sequence is an encoding.
   * @param prefix the tokens
   * @param healed bytes behind them that the next token has to begin with: those of the last token of the prompt, which
   * token healing takes back
   * @throws TokenoscopeError `aborted`
   */
  async asPrompted(
    prefix: Prefix,
    healed: Uint8Array = new Uint8Array(),
    signal?: AbortSignal,
  ): Promise<ByteState> {
    const [before] = await this.#begin([{ prefix, weight: 1 }], signal, true);
    if (healed.length === 0) return this.#state([before!], 0, 1);
    let span = this.#tokens.all;
    for (let depth = 0; depth < healed.length; depth++)
      span = this.#tokens.narrow(span, depth, healed[depth]!);
    const longer = this.#tokens.longer(span, healed.length);
    const same: { prefix: Prefix; weight: number }[] = [];
    for (let place = span.from; place < longer; place++) {
      const weight = before!.weight * before!.chances[place]!;
      same.push({ prefix: extend(prefix, this.#tokens.ids[place]!), weight });
    }
    const behind = await this.#begin(same, signal, true);
    const covers = [{ ...before!, depth: healed.length, span }, ...behind];
    return { ...this.#state(covers, 0, 1 + same.length), bits: 0 };
  }

  /**
   * Draws the token that the next byte lies in, of all that have begun or begin now, each as likely as it is. The text
   * that such draws give has the distribution of bytes, and costs one call of the model a token.
   * @param uniform from 0 to 1, without its ends
   * @returns undefined where no byte has a probability
   */
  drawToken(state: ByteState, uniform: number): DrawnToken | undefined {
    let rest = uniform;
    let drawn: { covers: Covers; place: number } | undefined;
    search: for (const covers of state.covers) {
      const { weight, chances, depth, span } = covers;
      for (let place = this.#tokens.longer(span, depth); place < span.to; place++) {
        const chance = weight * chances[place]!;
        if (chance <= 0) continue;
        drawn = { covers, place };
        rest -= chance;
        if (rest < 0) break search;
      }
    }
    return drawn && this.#drawn(drawn.covers, drawn.place);
  }

  /** The tokens that a text most likely goes on within, of those that have begun: the likeliest covers of what was read. */
  likeliest(state: ByteState, count: number): (DrawnToken & { readonly probability: number })[] {
    const found: { covers: Covers; place: number; probability: number }[] = [];
    for (const covers of state.covers) {
      const { weight, chances, depth, span } = covers;
      if (depth === 0) continue;
      for (let place = this.#tokens.longer(span, depth); place < span.to; place++) {
        const probability = weight * chances[place]!;
        if (probability > 0) found.push({ covers, place, probability });
      }
    }
    found.sort((a, b) => b.probability - a.probability);
    return found
      .slice(0, count)
      .map(({ covers, place, probability }) => ({ ...this.#drawn(covers, place), probability }));
  }

  #drawn({ prefix, depth }: Covers, place: number): DrawnToken {
    return {
      prefix: extend(prefix, this.#tokens.ids[place]!),
      bytes: this.#tokens.bytes(place),
      read: depth,
    };
  }

  /** Visits the spans of tokens that begin as the bytes from a place on do, up to the last of these bytes. */
  #along(bytes: Uint8Array, from: number, visit: (span: Span, depth: number) => void): void {
    let span = this.#tokens.all;
    for (let at = from; at < bytes.length; at++) {
      span = this.#tokens.narrow(span, at - from, bytes[at]!);
      if (span.from === span.to) return;
      visit(span, at - from + 1);
    }
  }

  /** Asks the model what follows. @param isAnything whether also what makes no encoding may */
  async #begin(
    begun: readonly { readonly prefix: Prefix; readonly weight: number }[],
    signal: AbortSignal | undefined,
    isAnything = false,
  ): Promise<Covers[]> {
    if (begun.length === 0) return [];
    const distributions = await this.#model.next(
      begun.map(({ prefix }) => prefix),
      signal,
    );
    const { all: span, ids } = this.#tokens;
    return begun.map(({ prefix, weight }, i) => {
      const distribution = distributions[i]!;
      const allowed = isAnything ? undefined : this.#encodings.after(prefix);
      const chances = new Float64Array(span.to);
      let sum = 0;
      for (let place = 0; place < chances.length; place++) {
        const id = ids[place]!;
        const chance = distribution[id]! * (allowed ? allowed[id]! : 1);
        chances[place] = chance;
        sum += chance;
      }
      // What is masked is shared among the others.
      return { prefix, weight: sum > 0 ? weight / sum : 0, chances, depth: 0, span };
    });
  }

  /** @param covers whose weights are in proportion to those of the state before, which summed to 1 */
  #state(covers: readonly Covers[], bits: number, calls: number): ByteState {
    const next = new Float64Array(256);
    const { groups } = this.#tokens;
    let [inside, outside] = [0, 0];
    for (const { weight, chances, depth, span } of covers) {
      if (depth === 0) {
        for (let byte = 0; byte < 256; byte++) {
          let sum = 0;
          for (let place = groups[byte]!; place < groups[byte + 1]!; place++) sum += chances[place]!;
          next[byte]! += weight * sum;
          outside += weight * sum;
        }
        continue;
      }
      for (let place = this.#tokens.longer(span, depth); place < span.to; place++) {
        const chance = weight * chances[place]!;
        next[this.#tokens.byte(place, depth)]! += chance;
        inside += chance;
      }
    }
    const total = inside + outside;
    if (total === 0) return { next, inside: 0, bits: Number.POSITIVE_INFINITY, calls, covers: [] };
    for (let byte = 0; byte < 256; byte++) next[byte]! /= total;
    return {
      next,
      inside: inside / total,
      bits: bits - Math.log2(total),
      calls,
      covers: covers.map((each) => ({ ...each, weight: each.weight / total })),
    };
  }
}

/** For each prefix those from the longest one that all of them begin with up to itself. */
function pathsFromCommon(prefixes: readonly Prefix[]): Prefix[][] {
  if (prefixes.length === 0) return [];
  const paths = prefixes.map((prefix) => {
    const path: Prefix[] = [];
    for (let at: Prefix | undefined = prefix; at; at = at.before) path.push(at);
    return path.reverse();
  });
  const shortest = Math.min(...paths.map(({ length }) => length));
  let shared = 0;
  while (shared < shortest && paths.every((path) => path[shared] === paths[0]![shared])) shared++;
  return paths.map((path) => path.slice(shared - 1));
}
