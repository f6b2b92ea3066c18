/** Small vector helpers over [x, y, z] arrays; also used for linear RGB. */

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const mul = (a, b) => [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
export const scale = (a, s) => [a[0] * s, a[1] * s, a[2] * s];
/** a + b * s */
export const addScaled = (a, b, s) => [a[0] + b[0] * s, a[1] + b[1] * s, a[2] + b[2] * s];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const length = (a) => Math.sqrt(dot(a, a));
export const normalize = (a) => scale(a, 1 / (length(a) || 1));
export const mix = (a, b, t) => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
/** Mirror direction d about the unit normal n. */
export const reflect = (d, n) => addScaled(d, n, -2 * dot(d, n));

export const clamp = (x, low = 0, high = 1) => Math.min(Math.max(x, low), high);
export const smoothstep = (low, high, x) => {
  const t = clamp((x - low) / (high - low));
  return t * t * (3 - 2 * t);
};

/** '#rrggbb' (sRGB) as linear RGB. */
export function linear(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255].map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
}

/** Piecewise linear colour ramp; stops are [position, rgb] with rising positions. */
export function ramp(stops, x) {
  if (x <= stops[0][0]) return stops[0][1];
  for (let i = 1; i < stops.length; i++) {
    const [right, colour] = stops[i];
    if (x <= right) {
      const [left, before] = stops[i - 1];
      return mix(before, colour, smoothstep(left, right, x));
    }
  }
  return stops[stops.length - 1][1];
}

/**
 * A pinhole camera. Returns a function from film coordinates (x right, y up, in units of half the
 * film height) to a unit direction; `fov` is the vertical angle in degrees.
 */
export function camera(eye, target, fov) {
  const forward = normalize(sub(target, eye));
  const right = normalize(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const tan = Math.tan((fov * Math.PI) / 360);
  const direction = (x, y) => normalize(addScaled(addScaled(forward, right, x * tan), up, y * tan));
  return { eye, forward, right, up, direction };
}
