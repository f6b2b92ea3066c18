/** Contexts of one length, sorted; each is a node whose children are the contexts that are one token longer. */
export interface ContextLevel {
  /** The oldest token of each context; the root has none. */
  readonly tokens: Int32Array;
  /** Where the children of each context begin at the next level, and one end; empty at the last level. */
  readonly children: Int32Array;
  /** Where the followers of each context begin, and one end. */
  readonly starts: Int32Array;
  /** The tokens that follow the contexts, ascending for each. */
  readonly followers: Int32Array;
  /**
   * Times that each follows. At the last level as counted; before it the number of different tokens in front of context
   * and follower (Kneser and Ney's continuation counts).
   */
  readonly counts: Int32Array;
}

/**
 * Counts all n-grams of texts, in small steps. Every text begins behind as many starts as a context is long.
 * Memory: about 12 bytes for each different n-gram of each length.
 * @param texts tokens below `vocabularySize`
 * @param order tokens of an n-gram, 1 or more
 * @returns the contexts of 0 to order - 1 tokens; yields the share that is done
 */
export function* countNgrams(
  texts: readonly ArrayLike<number>[],
  vocabularySize: number,
  order: number,
): Generator<number, ContextLevel[]> {
  const stream = joined(texts, vocabularySize, order - 1);
  yield 0.05;
  // By the newest token of the context first: sorted from the last criterion to the first, each time stably.
  let places = stream.places;
  for (let back = 0; back < order; back++) {
    const distance = back === 0 ? 0 : order - back;
    places = sortedBy(places, (place) => stream.tokens[place - distance]!, vocabularySize + 1);
    yield 0.05 + (0.5 * (back + 1)) / order;
  }
  const levels: ContextLevel[] = [];
  let deepest = yield* lastLevel(stream.tokens, places, order);
  levels.unshift(deepest.level);
  for (let length = order - 2; length >= 0; length--) {
    const share = 0.7 + (0.3 * (order - 2 - length)) / order;
    deepest = yield* shorter(deepest, stream.tokens, length, vocabularySize, share);
    levels.unshift(deepest.level);
    yield share + 0.3 / order;
  }
  return levels;
}

/** A level, and one place of the stream for each of its contexts. */
interface Sampled {
  readonly level: ContextLevel;
  readonly samples: Int32Array;
}

interface Stream {
  readonly tokens: Int32Array;
  /** Of the tokens that are no starts. */
  readonly places: Int32Array;
}

function joined(texts: readonly ArrayLike<number>[], start: number, starts: number): Stream {
  const count = texts.reduce((sum, text) => sum + text.length, 0);
  const tokens = new Int32Array(count + texts.length * starts);
  const places = new Int32Array(count);
  let at = 0;
  let place = 0;
  for (const text of texts) {
    tokens.fill(start, at, at + starts);
    at += starts;
    tokens.set(text, at);
    for (let i = 0; i < text.length; i++) places[place++] = at++;
  }
  return { tokens, places };
}

/** Sorts by counting; equal ones stay in their order. */
function sortedBy(places: Int32Array, key: (place: number) => number, keys: number): Int32Array {
  const next = new Int32Array(keys + 1);
  for (const place of places) next[key(place) + 1]!++;
  for (let i = 0; i < keys; i++) next[i + 1]! += next[i]!;
  const sorted = new Int32Array(places.length);
  for (const place of places) sorted[next[key(place)]!++] = place;
  return sorted;
}

/** Work between two yields. */
const STRIDE = 20_000;

function* lastLevel(tokens: Int32Array, places: Int32Array, order: number): Generator<number, Sampled> {
  const samples = new Ints();
  const starts = new Ints();
  const followers = new Ints();
  const counts = new Ints();
  for (const [i, place] of places.entries()) {
    const previous = i === 0 ? -1 : places[i - 1]!;
    const isNew = previous < 0 || !sameContext(tokens, previous, place, order - 1);
    if (isNew) {
      samples.push(place);
      starts.push(followers.length);
    }
    if (isNew || tokens[previous] !== tokens[place]) {
      followers.push(tokens[place]!);
      counts.push(1);
    } else counts.addToLast(1);
    if (i % STRIDE === 0) yield 0.55 + (0.15 * i) / places.length;
  }
  starts.push(followers.length);
  const contexts = samples.done();
  const oldest = contexts.map((place) => (order > 1 ? tokens[place - order + 1]! : -1));
  return {
    level: {
      tokens: oldest,
      children: new Int32Array(0),
      starts: starts.done(),
      followers: followers.done(),
      counts: counts.done(),
    },
    samples: contexts,
  };
}

/** The level of contexts that are one token shorter. @param share that is done before */
function* shorter(
  { level, samples }: Sampled,
  tokens: Int32Array,
  length: number,
  vocabularySize: number,
  share: number,
): Generator<number, Sampled> {
  const chosen = new Ints();
  const children = new Ints();
  const starts = new Ints();
  const followers = new Ints();
  const counts = new Ints();
  const seen = new Int32Array(vocabularySize);
  let worked = 0;
  for (let first = 0; first < samples.length; ) {
    let end = first + 1;
    while (end < samples.length && sameContext(tokens, samples[first]!, samples[end]!, length)) end++;
    chosen.push(samples[first]!);
    children.push(first);
    starts.push(followers.length);
    // The followers of the children stand together; each child names a follower once.
    const from = level.starts[first]!;
    const to = level.starts[end]!;
    const found: number[] = [];
    for (let i = from; i < to; i++) {
      const id = level.followers[i]!;
      if (seen[id]!++ === 0) found.push(id);
    }
    found.sort((a, b) => a - b);
    for (const id of found) {
      followers.push(id);
      counts.push(seen[id]!);
      seen[id] = 0;
    }
    worked += to - from;
    if (worked > STRIDE) {
      worked = 0;
      yield share;
    }
    first = end;
  }
  children.push(samples.length);
  starts.push(followers.length);
  const contexts = chosen.done();
  return {
    level: {
      tokens: contexts.map((place) => (length > 0 ? tokens[place - length]! : -1)),
      children: children.done(),
      starts: starts.done(),
      followers: followers.done(),
      counts: counts.done(),
    },
    samples: contexts,
  };
}

function sameContext(tokens: Int32Array, a: number, b: number, length: number): boolean {
  for (let back = 1; back <= length; back++) if (tokens[a - back] !== tokens[b - back]) return false;
  return true;
}

/** A list of numbers that grows. */
class Ints {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  addToLast(value: number): void {
    this.#values[this.length - 1]! += value;
  }

  done(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
