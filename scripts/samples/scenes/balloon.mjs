import { bloom, develop, expose } from '../lib/film.mjs';
import { fbm, noise2 } from '../lib/noise.mjs';
import { hash } from '../lib/random.mjs';
import { addScaled, clamp, dot, linear, mix, normalize, ramp, scale, smoothstep } from '../lib/vec3.mjs';

// Hot-air balloons at sunrise over hills in the mist. Film coordinates throughout: x right, y up.
const SUN = [0.52, -0.1];
const LIGHT = normalize([0.62, 0.24, 0.38]);

const SCHEMES = [
  ['#c8322b', '#f3c14b', '#e9e2cf', '#22476b'],
  ['#2f6f74', '#ecd9ae', '#d9772f'],
  ['#7a3b69', '#f0b65a'],
];

// x, y of the widest place, radius, colour scheme, haze in front.
const BALLOONS = [
  { x: -0.24, y: 0.3, r: 0.4, scheme: 0, haze: 0 },
  { x: 0.56, y: 0.42, r: 0.135, scheme: 1, haze: 0.25 },
  { x: 0.24, y: 0.0, r: 0.062, scheme: 2, haze: 0.5 },
];

// y of the crest, roughness, frequency, colour, seed: far to near.
const HILLS = [
  { y: -0.12, tall: 0.16, wide: 1.3, colour: '#d9a3a0', seed: 3 },
  { y: -0.24, tall: 0.15, wide: 1.6, colour: '#b98594', seed: 14 },
  { y: -0.4, tall: 0.14, wide: 1.9, colour: '#86667f', seed: 25 },
  { y: -0.58, tall: 0.13, wide: 2.1, colour: '#4f4a63', seed: 31 },
  { y: -0.82, tall: 0.14, wide: 2.0, colour: '#20293c', seed: 47, trees: true },
];

function sky(x, y) {
  const base = ramp(
    [
      [-0.3, linear('#ffd9a0')],
      [0.0, linear('#ffc58e')],
      [0.35, linear('#eba6a0')],
      [0.75, linear('#9a9ccb')],
      [1.1, linear('#5f7fbd')],
    ],
    y,
  );
  const glow = Math.exp(-Math.hypot(x - SUN[0], (y - SUN[1]) * 1.25) * 2.3);
  const wisps = smoothstep(0.02, 0.55, fbm(x * 1.1 + 4, y * 5 + x * 0.8, 6, 5)) * smoothstep(0.1, 0.6, y);
  const disc = smoothstep(0.083, 0.077, Math.hypot(x - SUN[0], y - SUN[1]));
  let colour = mix(base, linear('#ffd9b8'), 0.55 * wisps);
  colour = addScaled(colour, linear('#ffb45e'), 0.75 * glow);
  return addScaled(colour, linear('#ffe2ac'), 4 * disc);
}

/** Half width of the envelope at height v (in radii above the widest place), 0 outside. */
function profile(v) {
  if (v > 1 || v < -1.5) return 0;
  if (v > 0) return Math.sqrt(1 - v * v);
  const t = -v / 1.5;
  return Math.cos(t * 1.36) ** 0.92 * (1 - 0.06 * t);
}

function envelope(u, v, scheme) {
  const half = profile(v);
  const across = u / half;
  const slope = (profile(v - 0.02) - profile(v + 0.02)) / 0.04;
  const depth = Math.sqrt(Math.max(0, 1 - across * across));
  const turn = Math.asin(clamp(across, -1, 1)) + 0.22;
  const gores = 18;
  const gore = (turn / Math.PI) * gores;
  const puff = gore - Math.round(gore);
  // Each gore bulges between its seams.
  const bulge = 0.5 * Math.sin(puff * 2 * Math.PI);
  const normal = normalize([
    across + bulge * 0.35 * depth,
    slope * 0.9 + (v > 0.9 ? 0.5 : 0),
    depth - bulge * 0.35 * across,
  ]);
  const row = Math.floor((v + 1.5) * 4.2);
  const colours = SCHEMES[scheme];
  let index = ((Math.round(gore) % colours.length) + colours.length) % colours.length;
  if (row === 5) index = 2 % colours.length;
  if (row === 6 && scheme === 0) index = Math.round(gore) % 2 === 0 ? 3 : 1;
  const cloth = linear(colours[index]);
  const seam = 1 - 0.35 * smoothstep(0.44, 0.5, Math.abs(puff));
  const facing = dot(normal, LIGHT);
  const sun = Math.max(0, facing);
  // Sunlight also shines through the thin cloth from behind.
  const through = 0.28 * clamp(0.5 + 0.5 * across) + 0.25 * smoothstep(-0.6, -1.4, v);
  const light = addScaled(
    scale(linear('#8fa0d8'), 0.36 + 0.16 * normal[1]),
    linear('#ffc27a'),
    2.3 * sun + 0.8 * through,
  );
  return scale([cloth[0] * light[0], cloth[1] * light[1], cloth[2] * light[2]], seam);
}

function basket(u, v) {
  if (v > -1.52 || v < -2.06) return null;
  const half = 0.15 - 0.03 * clamp((-1.74 - v) / 0.3);
  if (v < -1.78 && Math.abs(u) < half) {
    const weave = 0.75 + 0.25 * Math.sign(Math.sin(v * 130) * Math.sin(u * 90));
    const rim = v > -1.82 ? 1.6 : 1;
    return scale(linear('#7a4a26'), rim * weave * (0.35 + 1.5 * smoothstep(-half, half, u)));
  }
  const rope = Math.abs(Math.abs(u) - 0.145 + 0.06 * ((v + 1.78) / 0.26)) < 0.009;
  if (rope) return linear('#4a3a34');
  for (const [x, tall] of [
    [-0.045, 0.1],
    [0.055, 0.08],
  ]) {
    const head = Math.hypot(u - x, v + 1.78 - tall) < 0.032;
    const torso = Math.abs(u - x) < 0.035 && v < -1.78 + tall - 0.03;
    if (head || torso) return linear('#2b2230');
  }
  const flame = Math.abs(u) < 0.022 * smoothstep(-1.5, -1.62, v) && v > -1.66;
  return flame ? scale(linear('#ffb040'), 5) : null;
}

function balloon({ x, y, r, scheme }, px, py) {
  const u = (px - x) / r;
  const v = (py - y) / r;
  if (Math.abs(u) > 1.02 || v > 1.02 || v < -2.1) return null;
  if (v > -1.5 && Math.abs(u) < profile(v)) return envelope(u, v, scheme);
  return basket(u, v);
}

const ridge = (hill, x) =>
  hill.y + hill.tall * fbm(x * hill.wide + hill.seed, hill.seed * 0.7, 5, hill.seed, 0.44);

function crest(hill, x) {
  let y = ridge(hill, x);
  if (hill.trees) {
    const cell = Math.floor(x * 34);
    for (let i = cell - 1; i <= cell + 1; i++) {
      if (hash(i, 7) < 0.45) continue;
      const centre = (i + 0.5 + 0.6 * (hash(i, 8) - 0.5)) / 34;
      const tall = 0.035 + 0.06 * hash(i, 9);
      const poplar = tall * (1 - ((x - centre) / (0.3 * tall)) ** 2) + 0.006 * noise2(x * 300, i, 60);
      y = Math.max(y, ridge(hill, centre) + poplar);
    }
  }
  return y;
}

function land(x, y, from) {
  for (let i = HILLS.length - 1; i >= from; i--) {
    const hill = HILLS[i];
    if (y > crest(hill, x)) continue;
    const top = ridge(hill, x);
    // Mist pools in the valley in front of each crest.
    const mist =
      clamp((top - y) / 0.2) * (0.5 + 0.3 * fbm(x * 2 + i * 5, y * 7, 4, 80 + i)) * (i < 4 ? 1 : 0.35);
    const warm = Math.exp(-Math.abs(x - SUN[0]) * 1.3) * (0.34 - 0.055 * i);
    const slope = clamp(0.5 + 7 * (top - ridge(hill, x + 0.03)));
    const ground = scale(linear(hill.colour), 0.8 + 0.45 * slope);
    return addScaled(mix(ground, linear('#f7c9a8'), clamp(mist * (0.95 - 0.1 * i))), linear('#ff9d4d'), warm);
  }
  return null;
}

function shade(x, y) {
  const near = land(x, y, 0);
  for (const one of BALLOONS) {
    const colour = balloon(one, x, y);
    if (colour) return mix(colour, sky(x, y), one.haze);
  }
  return near ?? sky(x, y);
}

function render(size) {
  const film = expose(size, shade);
  return develop(bloom(film, { threshold: 1, strength: 0.35, sigma: size.width / 45 }), { exposure: 0.85 });
}

export const scene = { id: 'balloon', width: 512, height: 512, samples: 4, render };
