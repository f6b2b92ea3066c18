import { develop, expose } from '../lib/film.mjs';
import { clamp, linear, mix } from '../lib/vec3.mjs';

// A resolution chart: what survives of fine detail, edges, ramps and colour can be read off at a glance.
// Pixels of a 512 x 512 canvas, y down.
const grey = (v) => [v, v, v];
const PAPER = linear('#e9e7e1');
const INK = linear('#16181d');

const PATCHES = [
  '#7a4a38',
  '#c69a84',
  '#5f7ea3',
  '#5a7044',
  '#8886b8',
  '#60beae',
  '#dd7f2e',
  '#44589f',
  '#c5505f',
  '#5b3a68',
  '#a3bf42',
  '#e6a42c',
  '#293c92',
  '#429851',
  '#b13036',
  '#efca20',
  '#bd5095',
  '#0087a6',
].map(linear);

/** Zone plate: the spatial frequency rises with the radius up to half a cycle per pixel at 128 x 128. */
function zonePlate(u, v, radius) {
  const r = Math.hypot(u, v);
  const phase = (Math.PI * r * r) / (8 * radius);
  return grey(0.5 + 0.5 * Math.cos(phase));
}

function star(u, v) {
  const r = Math.hypot(u, v);
  if (r < 3) return INK;
  return Math.cos(Math.atan2(v, u) * 24) > 0 ? INK : PAPER;
}

/** Bars of falling width, one group beside the other: 16, 8, 4, 2, 1 pixels. */
function bars(along, across, length) {
  let left = 0;
  for (const width of [12, 8, 5, 3, 2, 1]) {
    const group = width * 6;
    if (along < left + group) {
      const dark = Math.floor((along - left) / width) % 2 === 0;
      return dark && across > 0 && across < length ? INK : PAPER;
    }
    left += group + 6;
  }
  return PAPER;
}

function hue(t) {
  const k = (n) => (n + t * 12) % 12;
  const f = (n) => 0.55 - 0.42 * Math.max(-1, Math.min(k(n) - 3, 9 - k(n), 1));
  return [f(0), f(8), f(4)].map((v) => v ** 2.2);
}

function chart(x, y) {
  // Registration corners.
  const cx = Math.min(x, 512 - x);
  const cy = Math.min(y, 512 - y);
  if (cx < 18 && cy < 18) return Math.hypot(cx - 18, cy - 18) < 18 && cx > 4 && cy > 4 ? INK : PAPER;
  const r = Math.hypot(x - 180, y - 190);
  if (r < 142) return zonePlate(x - 180, y - 190, 142);
  if (r < 150) return INK;
  const s = Math.hypot(x - 418, y - 114);
  if (s < 72) return star(x - 418, y - 114);
  if (s < 75) return INK;
  if (x >= 350 && x < 486 && y >= 204 && y < 340) {
    // Discs of falling contrast on mid grey.
    const i = Math.floor((x - 350) / 34);
    const j = Math.floor((y - 204) / 34);
    const contrast = 0.42 * 0.72 ** (j * 4 + i);
    const inside = Math.hypot(x - 367 - 34 * i, y - 221 - 34 * j) < 12;
    return grey(0.22 + (inside ? ((i + j) % 2 === 0 ? contrast : -contrast * 0.5) : 0));
  }
  if (y >= 356 && y < 380 && x >= 30 && x < 486) return grey(clamp((x - 30) / 456) ** 2.2);
  if (y >= 384 && y < 400 && x >= 30 && x < 486) return grey((Math.floor(((x - 30) / 456) * 11) / 10) ** 2.2);
  if (y >= 404 && y < 424 && x >= 30 && x < 486) return hue((x - 30) / 456);
  if (y >= 434 && y < 494 && x >= 30 && x < 258) {
    const i = Math.floor((x - 30) / 38);
    const j = Math.floor((y - 434) / 20);
    return PATCHES[j * 6 + i];
  }
  if (y >= 434 && y < 494 && x >= 272 && x < 486) return bars(x - 272, y - 434, 60);
  return mix(PAPER, linear('#d8d6cf'), (Math.floor(x / 32) + Math.floor(y / 32)) % 2 === 0 ? 0.5 : 0);
}

function render(size) {
  const film = expose(size, (x, y) => chart((x + 1) * 256, (1 - y) * 256));
  return develop(film, { vignette: 0, curve: false });
}

export const scene = { id: 'test-chart', width: 512, height: 512, samples: 4, render };
