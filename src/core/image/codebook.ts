/** Another code of a token, and how far it is from its own. */
export interface NearCode {
  readonly id: number;
  /** Euclidean, in the codebook's own space. */
  readonly distance: number;
}

/** What the ids of a model stand for, where that is known. Positions and ids count from 0. */
export interface Codebook {
  /** What a code is, in a sentence. */
  describe(at: number, id: number): string;
  /** The values that an id stands for; of a local token, of the shape alone. */
  vector(at: number, id: number): ArrayLike<number>;
  /** The nearest other codes, nearest first. */
  nearest(at: number, id: number, count: number): readonly NearCode[];
  /**
   * The code nearest to a point on the line from one code to another: (1 - share) a + share b. Of local tokens at two
   * places, a shape at one of these places.
   */
  between(at: number, a: number, b: number, share: number): number;
  /** The code that adds least; undefined where every code adds as much as any other. */
  leastOf(at: number): number | undefined;
}

/** A part of a row whose tokens are the sum of one code of each of two books: id = first * size + second. */
export interface SumBooks {
  readonly kind: 'sum';
  readonly count: number;
  /** Codes of a book. */
  readonly size: number;
  readonly dims: number;
  /** [count, size, dims], by position. */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** A part of a row whose tokens put a shape at one of several places: id = place * size + shape. */
export interface PlacedShapes {
  readonly kind: 'placed';
  readonly count: number;
  readonly size: number;
  readonly dims: number;
  /** How many tokens in a row share a book. */
  readonly phases: number;
  readonly places: number;
  /** [count / phases, size, dims]. */
  readonly levels: Int8Array;
  /** [count / phases, dims]. */
  readonly scale: Float32Array;
}

export type CodePart = SumBooks | PlacedShapes;

/** A codebook of vectors, in parts one behind the other. Distances are those of the picture, as the basis is orthonormal. */
export function vectorCodebook(parts: readonly CodePart[]): Codebook {
  const find = (at: number): { readonly part: CodePart; readonly index: number } => {
    let start = 0;
    for (const part of parts) {
      if (at < start + part.count) return { part, index: at - start };
      start += part.count;
    }
    throw new RangeError(`There is no token ${at}.`);
  };
  const vector = (at: number, id: number): Float32Array => {
    const { part, index } = find(at);
    return part.kind === 'sum' ? sumVector(part, index, id) : shapeVector(part, index, id % part.size);
  };
  return {
    vector,
    describe(at, id) {
      const { part } = find(at);
      const high = Math.floor(id / part.size);
      const low = id % part.size;
      return part.kind === 'sum'
        ? `The sum of codes ${high} and ${low}, of ${part.size} each: ${part.dims} components of the whole picture.`
        : `Shape ${low} of ${part.size}, put at place ${high + 1} of its ${part.places}: ${part.dims} numbers of one block.`;
    },
    nearest(at, id, count) {
      const { part, index } = find(at);
      const own = vector(at, id);
      return part.kind === 'sum'
        ? nearestSums(part, index, own, id, count)
        : nearestShapes(part, index, own, id, count);
    },
    between(at, a, b, share) {
      const { part, index } = find(at);
      const [from, to] = [vector(at, a), vector(at, b)];
      if (part.kind === 'placed')
        return betweenShapes(part, index, { id: a, vector: from }, { id: b, vector: to }, share);
      const target = from.map((value, d) => (1 - share) * value + share * to[d]!);
      return nearestSums(part, index, target, -1, 1)[0]!.id;
    },
    leastOf(at) {
      const { part, index } = find(at);
      const zero = new Float32Array(part.dims);
      return part.kind === 'sum'
        ? nearestSums(part, index, zero, -1, 1)[0]?.id
        : nearestShapes(part, index, zero, -1, 1)[0]?.id;
    },
  };
}

function sumVector({ first, second, size, dims }: SumBooks, index: number, id: number): Float32Array {
  const a = (index * size + Math.floor(id / size)) * dims;
  const b = (index * size + (id % size)) * dims;
  return Float32Array.from({ length: dims }, (_, d) => first[a + d]! + second[b + d]!);
}

function nearestSums(
  { first, second, size, dims }: SumBooks,
  index: number,
  target: Float32Array,
  except: number,
  count: number,
): NearCode[] {
  const best = new Best(count);
  const rest = new Float32Array(dims);
  for (let a = 0; a < size; a++) {
    const from = (index * size + a) * dims;
    for (let d = 0; d < dims; d++) rest[d] = target[d]! - first[from + d]!;
    for (let b = 0; b < size; b++) {
      const at = (index * size + b) * dims;
      let sum = 0;
      for (let d = 0; d < dims && sum < best.worst; d++) {
        const difference = rest[d]! - second[at + d]!;
        sum += difference * difference;
      }
      if (sum < best.worst && a * size + b !== except) best.add(a * size + b, sum);
    }
  }
  return best.codes();
}

function shapeVector({ levels, scale, size, dims, phases }: PlacedShapes, index: number, shape: number) {
  const round = Math.floor(index / phases);
  const at = (round * size + shape) * dims;
  return Float32Array.from({ length: dims }, (_, d) => levels[at + d]! * scale[round * dims + d]!);
}

interface Placed {
  readonly id: number;
  readonly vector: Float32Array;
}

/** Two shapes at one place are two vectors of it; at two places, the point between them has a share of each at its own. */
function betweenShapes(part: PlacedShapes, index: number, a: Placed, b: Placed, share: number): number {
  const placeOf = ({ id }: Placed) => Math.floor(id / part.size);
  const nearest = (target: Float32Array, { id }: Placed) =>
    nearestShapes(part, index, target, id, 1, true)[0]!;
  const scaled = ({ vector }: Placed, by: number) => vector.map((value) => by * value);
  if (placeOf(a) === placeOf(b)) {
    const target = a.vector.map((value, d) => (1 - share) * value + share * b.vector[d]!);
    return nearest(target, a).id;
  }
  const energy = (vector: Float32Array) => vector.reduce((sum, value) => sum + value * value, 0);
  const [ofA, ofB] = [scaled(a, 1 - share), scaled(b, share)];
  const [atA, atB] = [nearest(ofA, a), nearest(ofB, b)];
  return atA.distance ** 2 + energy(ofB) <= atB.distance ** 2 + energy(ofA) ? atA.id : atB.id;
}

/** At the same place: blocks are orthogonal, so that any shape elsewhere is farther than no shape at all. */
function nearestShapes(
  part: PlacedShapes,
  index: number,
  target: Float32Array,
  except: number,
  count: number,
  withItself = false,
): NearCode[] {
  const { levels, scale, size, dims, phases } = part;
  const round = Math.floor(index / phases);
  const place = except < 0 ? 0 : Math.floor(except / size);
  const best = new Best(count);
  for (let shape = 0; shape < size; shape++) {
    const at = (round * size + shape) * dims;
    let sum = 0;
    for (let d = 0; d < dims && sum < best.worst; d++) {
      const difference = target[d]! - levels[at + d]! * scale[round * dims + d]!;
      sum += difference * difference;
    }
    const id = place * size + shape;
    if (sum < best.worst && (withItself || id !== except)) best.add(id, sum);
  }
  return best.codes();
}

/** The few smallest of many. */
class Best {
  readonly #count: number;
  #kept: { readonly id: number; readonly sum: number }[] = [];
  /** What a further one must be below. */
  worst = Number.POSITIVE_INFINITY;

  constructor(count: number) {
    this.#count = count;
  }

  add(id: number, sum: number): void {
    this.#kept.push({ id, sum });
    this.#kept.sort((a, b) => a.sum - b.sum);
    this.#kept.length = Math.min(this.#kept.length, this.#count);
    if (this.#kept.length === this.#count) this.worst = this.#kept.at(-1)!.sum;
  }

  codes(): NearCode[] {
    return this.#kept.map(({ id, sum }) => ({ id, distance: Math.sqrt(sum) }));
  }
}

/**
 * Finite scalar quantisation (Mentzer, Minnen, Agustsson and Tschannen 2023): an id is one whole number for each
 * dimension, the first one counting fastest.
 */
export function scalarCodebook(levels: readonly number[]): Codebook {
  const middle = levels.map((level) => Math.floor(level / 2));
  const vector = (id: number): number[] => {
    let rest = id;
    return levels.map((level, d) => {
      const digit = rest % level;
      rest = Math.floor(rest / level);
      return (digit - middle[d]!) / middle[d]!;
    });
  };
  const steps = levels.map((_, d) => levels.slice(0, d).reduce((product, level) => product * level, 1));
  return {
    vector: (_, id) => vector(id),
    describe: (_, id) => {
      const values = vector(id).map((value) => value.toFixed(2).replace('-', '−'));
      return `${levels.length} numbers, of ${levels.join(', ')} levels: ${values.join(', ')}.`;
    },
    nearest(_, id, count) {
      const near: NearCode[] = [];
      for (const [d, level] of levels.entries()) {
        const digit = Math.floor(id / steps[d]!) % level;
        for (let other = 0; other < level; other++) {
          if (other === digit) continue;
          near.push({ id: id + (other - digit) * steps[d]!, distance: Math.abs(other - digit) / middle[d]! });
        }
      }
      return near.sort((a, b) => a.distance - b.distance).slice(0, count);
    },
    between(_, a, b, share) {
      const digit = (id: number, d: number) => Math.floor(id / steps[d]!) % levels[d]!;
      return levels.reduce(
        (id, _level, d) => id + Math.round((1 - share) * digit(a, d) + share * digit(b, d)) * steps[d]!,
        0,
      );
    },
    leastOf: () => middle.reduce((id, digit, d) => id + digit * steps[d]!, 0),
  };
}

/** A bit for each dimension: the sign of a number (Yu et al. 2023). No code adds nothing. */
export function signCodebook(bits: number): Codebook {
  return {
    vector: (_, id) => Array.from({ length: bits }, (_unused, bit) => ((id >> bit) & 1 ? 1 : -1)),
    describe: (_, id) => `${bits} signs: ${id.toString(2).padStart(bits, '0')} in binary.`,
    nearest: (_, id, count) =>
      Array.from({ length: bits }, (_unused, bit) => ({ id: id ^ (1 << bit), distance: 2 })).slice(0, count),
    between: (_, a, b, share) => (share <= 0.5 ? a : b),
    leastOf: () => undefined,
  };
}
