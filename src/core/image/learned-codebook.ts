import type { Codebook, NearCode } from './codebook';

/**
 * A codebook whose codes are learned vectors, the same for every token.
 * @param vectors [codes, dims], row after row
 */
export function learnedCodebook(vectors: Float32Array, dims: number): Codebook {
  const count = vectors.length / dims;
  const vector = (id: number) => vectors.subarray(id * dims, (id + 1) * dims);
  /** All codes but one, nearest to a point first. */
  const byDistance = (point: ArrayLike<number>, except: number): NearCode[] => {
    const codes: NearCode[] = [];
    for (let id = 0; id < count; id++) {
      if (id === except) continue;
      let sum = 0;
      for (let d = 0; d < dims; d++) sum += (point[d]! - vectors[id * dims + d]!) ** 2;
      codes.push({ id, distance: Math.sqrt(sum) });
    }
    return codes.sort((a, b) => a.distance - b.distance);
  };
  return {
    vector: (_, id) => vector(id),
    describe: (_, id) => `Code ${id} of ${count}: a learned direction of ${dims} numbers.`,
    nearest: (_, id, most) => byDistance(vector(id), id).slice(0, most),
    between(_, a, b, share) {
      const to = vector(b);
      return byDistance(
        vector(a).map((value, d) => (1 - share) * value + share * to[d]!),
        -1,
      )[0]!.id;
    },
    // All codes have the same length.
    leastOf: () => undefined,
  };
}
