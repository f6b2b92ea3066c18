/** Contexts of bytes, with how often each byte follows: an interpolated n-gram model (Witten and Bell 1991). */
export class ByteModel {
  readonly #order: number;
  /** By length of the context, then by context: what follows. */
  readonly #followers: Map<string, Follow>[];

  /** @param order bytes of the longest context */
  constructor(texts: readonly Uint8Array[], order: number) {
    this.#order = order;
    this.#followers = Array.from({ length: order + 1 }, () => new Map());
    for (const bytes of texts) {
      for (let at = 0; at < bytes.length; at++) {
        for (let length = 0; length <= Math.min(order, at); length++) {
          const key = keyOf(bytes, at, length);
          let follow = this.#followers[length]!.get(key);
          if (!follow) {
            follow = { all: 0, counts: new Map() };
            this.#followers[length]!.set(key, follow);
          }
          follow.all++;
          follow.counts.set(bytes[at]!, (follow.counts.get(bytes[at]!) ?? 0) + 1);
        }
      }
    }
  }

  /**
   * -ln of the probability of every byte of a text that the model was made from, by how many bytes before it are known:
   * `costs[at * (order + 1) + known]`. The byte's own occurrence is left out of all counts.
   */
  costs(bytes: Uint8Array): Float64Array {
    const width = this.#order + 1;
    const costs = new Float64Array(bytes.length * width);
    for (let at = 0; at < bytes.length; at++) {
      let probability = 1 / 256;
      for (let length = 0; length < width; length++) {
        if (length <= at) {
          const { all, counts } = this.#followers[length]!.get(keyOf(bytes, at, length))!;
          const own = counts.get(bytes[at]!)!;
          // A byte that is seen here alone leaves one follower less.
          const kinds = counts.size - (own === 1 ? 1 : 0);
          if (kinds > 0) probability = (own - 1 + kinds * probability) / (all - 1 + kinds);
        }
        costs[at * width + length] = -Math.log(probability);
      }
    }
    return costs;
  }
}

interface Follow {
  all: number;
  readonly counts: Map<number, number>;
}

function keyOf(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at - length, at));
}
