import { develop, expose } from '../lib/film.mjs';
import { Heightfield } from '../lib/heightfield.mjs';
import { fbm, noise2 } from '../lib/noise.mjs';
import {
  addScaled,
  camera,
  clamp,
  dot,
  linear,
  mix,
  mul,
  normalize,
  ramp,
  scale,
  smoothstep,
} from '../lib/vec3.mjs';

// Sand dunes in low light. Wide: it shows the lab's centre crop. Lengths in units of about 10 m.
const SIZE = 90;
const SUN = normalize([-0.8, 0.31, 0.5]);
const SUNLIGHT = scale(linear('#ffb676'), 4.4);
const SKYLIGHT = scale(linear('#7f9add'), 0.42);

/** Asymmetric crests: a long windward slope, then the slip face at the angle of repose. */
function crest(phase, skew = 0.72) {
  const t = phase - Math.floor(phase);
  return t < skew ? (t / skew) ** 1.45 : ((1 - t) / (1 - skew)) ** 1.1;
}

function relief(x, z) {
  const bend = 1.9 * fbm(x * 0.035, z * 0.035, 3, 5);
  const main = crest(x * 0.03 - z * 0.034 + bend * 0.42 + 0.33) * (5.2 + 2.4 * noise2(x * 0.03, z * 0.04, 9));
  const minor =
    crest(x * 0.08 - z * 0.07 + bend * 0.9, 0.66) * 0.9 * (0.5 + 0.5 * noise2(x * 0.06, z * 0.06, 14));
  return main + minor;
}

function sky(d) {
  const up = Math.max(0, d[1]);
  const base = ramp(
    [
      [0, linear('#f7d3a6')],
      [0.08, linear('#e9bfa6')],
      [0.22, linear('#8fb0cf')],
      [0.5, linear('#3f74b5')],
    ],
    up,
  );
  const cirrus = smoothstep(0.05, 0.7, fbm((d[0] / (up + 0.2)) * 0.7, (d[2] / (up + 0.2)) * 2.2, 6, 3));
  return mix(base, linear('#ffe9d2'), 0.5 * cirrus * smoothstep(0.02, 0.2, up));
}

function sand(land, point, distance) {
  const [x, , z] = point;
  const broad = land.normal(x, z, 0.16);
  // Wind ripples run across the wind, fade on the slip face and with distance.
  const calm = smoothstep(0.55, 0.85, broad[1]) * Math.exp(-distance * 0.045);
  const wave = 26 * (x * 0.87 + z * 0.5) + 5 * fbm(x * 0.5, z * 0.5, 3, 22);
  const tilt = 0.2 * calm * Math.cos(wave);
  const normal = normalize([broad[0] + tilt * 0.87, broad[1], broad[2] + tilt * 0.5]);
  const grain = 0.94 + 0.08 * noise2(x * 30, z * 30, 41) * Math.exp(-distance * 0.08);
  const albedo = scale(
    mix(linear('#c9824a'), linear('#dba566'), 0.5 + 0.5 * fbm(x * 0.1, z * 0.1, 3, 44)),
    grain,
  );
  const open = land.sunlight(addScaled(point, broad, 0.06), SUN, 60, 26);
  const bounce = scale(linear('#d58b50'), 0.16 * (1 - broad[1] * 0.5));
  const light = addScaled(
    addScaled(scale(SKYLIGHT, 0.6 + 0.4 * normal[1]), bounce, 1),
    SUNLIGHT,
    open * Math.max(0, dot(normal, SUN)),
  );
  const haze = 1 - Math.exp(-distance * 0.0085);
  return mix(mul(albedo, light), linear('#edc4a0'), clamp(haze));
}

function render(size) {
  const land = new Heightfield(1000, SIZE, relief);
  const { eye, direction } = camera([34, land.at(34, 16) + 3.3, 16], [35.4, 3.0, 54], 40);
  const film = expose(size, (px, py) => {
    const d = direction(px, py);
    const t = land.hit(eye, d, 0.05, 120);
    return t < 120 ? sand(land, addScaled(eye, d, t), t) : sky(d);
  });
  return develop(film, { exposure: 0.9, vignette: 0.3 });
}

export const scene = { id: 'dunes', width: 680, height: 512, samples: 3, render };
