const RADIUS = 4;

/**
 * Joint bilateral filter (Petschnigg et al. 2004): averages a path-traced picture over neighbours whose
 * first hit has a like normal and albedo, so that grain goes and edges and texture stay.
 * @param {{width: number, height: number, data: Float32Array}} film linear RGB
 * @param {{normals: Float32Array, albedos: Float32Array}} guides same layout as the film
 * @param {number} tolerance difference in (compressed) brightness still taken for grain
 */
export function denoise(film, { normals, albedos }, tolerance) {
  const { width, height, data } = film;
  const out = new Float32Array(data.length);
  // Grain grows with brightness: compare square roots.
  const tone = data.map((v) => Math.sqrt(Math.max(0, v)));
  const apart = (guide, a, b) => {
    const x = guide[a] - guide[b];
    const y = guide[a + 1] - guide[b + 1];
    const z = guide[a + 2] - guide[b + 2];
    return x * x + y * y + z * z;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      let total = 0;
      for (let j = Math.max(0, y - RADIUS); j <= Math.min(height - 1, y + RADIUS); j++) {
        for (let i = Math.max(0, x - RADIUS); i <= Math.min(width - 1, x + RADIUS); i++) {
          const other = (j * width + i) * 3;
          const weight = Math.exp(
            -((i - x) ** 2 + (j - y) ** 2) / 10 -
              apart(normals, at, other) / 0.03 -
              apart(albedos, at, other) / 0.0016 -
              apart(tone, at, other) / (tolerance * tolerance),
          );
          total += weight;
          for (let c = 0; c < 3; c++) out[at + c] += weight * data[other + c];
        }
      }
      for (let c = 0; c < 3; c++) out[at + c] /= total;
    }
  }
  return { width, height, data: out };
}
