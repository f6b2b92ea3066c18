/** Signed distances of simple solids, after Inigo Quilez's collection of formulas. */

export const sphere = (x, y, z, r) => Math.sqrt(x * x + y * y + z * z) - r;

/** Approximate distance to an axis-aligned ellipsoid. */
export function ellipsoid(x, y, z, a, b, c) {
  const outer = Math.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2);
  const inner = Math.sqrt((x / (a * a)) ** 2 + (y / (b * b)) ** 2 + (z / (c * c)) ** 2);
  return inner === 0 ? -Math.min(a, b, c) : (outer * (outer - 1)) / inner;
}

/** Capsule from a to b whose radius goes from r to s. */
export function capsule(x, y, z, a, b, r, s = r) {
  const ux = b[0] - a[0];
  const uy = b[1] - a[1];
  const uz = b[2] - a[2];
  const px = x - a[0];
  const py = y - a[1];
  const pz = z - a[2];
  const h = Math.min(1, Math.max(0, (px * ux + py * uy + pz * uz) / (ux * ux + uy * uy + uz * uz)));
  return Math.sqrt((px - ux * h) ** 2 + (py - uy * h) ** 2 + (pz - uz * h) ** 2) - (r + (s - r) * h);
}

/** Ring about the y axis. */
export const torus = (x, y, z, big, small) => Math.hypot(Math.sqrt(x * x + z * z) - big, y) - small;

/** Union that blends over a width of k. */
export function join(a, b, k) {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}

/** a without b, blended over a width of k. */
export const carve = (a, b, k) => -join(-a, b, k);
