import { bloom, develop, expose } from '../lib/film.mjs';
import { fbm, noise2, ridged } from '../lib/noise.mjs';
import { addScaled, clamp, linear, mix, ramp, scale, smoothstep } from '../lib/vec3.mjs';

// A lighthouse on a headland on a bright, windy day. Film coordinates: x right, y up.
const HORIZON = -0.2;
const TOWER = { x: 0.3, foot: -0.1, top: 0.52, wide: 0.105, narrow: 0.066 };

function sky(x, y) {
  const base = ramp(
    [
      [-0.2, linear('#d5e6ea')],
      [0.1, linear('#9cc7df')],
      [0.55, linear('#4f93c9')],
      [1.1, linear('#1f5a9c')],
    ],
    y,
  );
  // Cumulus: flat bases, lit from the upper left; the same field a step towards the sun gives the shading.
  const lift = 1 / (y + 0.75);
  const field = (u, v) => fbm(u * 1.15 * lift + 11.3, v * 2.3 * lift + 5.2, 7, 17, 0.52);
  const here = field(x, y);
  const towards = field(x - 0.06, y + 0.07);
  const cover = smoothstep(-0.02, 0.26, here + 0.1 * Math.sin(x * 2.2 - 0.9)) * smoothstep(-0.19, -0.02, y);
  const lit = clamp(0.62 + 2.0 * (here - towards));
  return mix(base, mix(linear('#9db3c6'), linear('#fffaf0'), lit), 0.94 * cover);
}

function sea(x, y) {
  const depth = HORIZON - y;
  const z = 0.16 / (depth + 0.006);
  const u = x * z;
  const swell = fbm(u * 2.2 + 0.6 * z, z * 5.5, 5, 61);
  const chop = fbm(u * 9, z * 26, 4, 67) * smoothstep(0, 0.25, depth);
  const slope = 0.6 * swell + 0.55 * chop;
  const body = ramp(
    [
      [0, linear('#5f9bb4')],
      [0.12, linear('#2d7893')],
      [0.5, linear('#12556f')],
      [0.9, linear('#0b3f55')],
    ],
    depth,
  );
  const glass = mix(
    body,
    linear('#3fb2a4'),
    0.55 * smoothstep(0.05, 0.5, swell) * smoothstep(0.05, 0.3, depth),
  );
  const shine = mix(glass, linear('#cfe6ef'), clamp(0.34 * smoothstep(0.0, 0.6, -slope)));
  const cap = smoothstep(0.3, 0.52, swell + 0.34 * chop) * smoothstep(0.015, 0.2, depth);
  const near = coast(x) - y;
  const surf = smoothstep(0.09, 0.0, near + 0.05 * fbm(x * 9, y * 16, 5, 71)) * (near > -0.2 ? 1 : 0);
  const lace = smoothstep(-0.25, 0.35, fbm(x * 16, y * 40, 4, 77));
  return mix(shine, linear('#f4f8f6'), clamp(0.85 * cap + surf * (0.35 + 0.65 * lace)));
}

/** Height of the waterline along the headland's foot. */
function coast(x) {
  return (
    -0.43 + 0.2 * smoothstep(0.05, -0.5, x) + 0.02 * fbm(x * 9, 4, 4, 83) - 0.3 * smoothstep(0.55, 1.1, x)
  );
}

function brow(x) {
  const rise = smoothstep(-0.46, -0.05, x) * (1 - 0.1 * smoothstep(0.5, 1, x));
  return -0.36 + 0.28 * rise + 0.035 * fbm(x * 4, 2, 5, 87) - 0.4 * smoothstep(-0.36, -0.62, x);
}

function headland(x, y) {
  const top = brow(x);
  if (y > top || y < coast(x)) return null;
  const below = top - y;
  const turf = smoothstep(0.075, 0.045, below + 0.035 * fbm(x * 14, y * 14, 4, 91));
  const blades = 0.5 + 0.5 * fbm(x * 60, y * 24, 3, 95);
  const green = scale(
    mix(linear('#5f7f36'), linear('#a5b35a'), blades),
    0.75 + 0.5 * smoothstep(0.06, 0, below),
  );
  // Strata dip to the right; facets catch the light from the left.
  const u = x * 5 + y * 2.4;
  const v = y * 11 - x * 2.6;
  const face = ridged(u, v * 0.6, 6, 99);
  const light = clamp(
    0.45 + 3.2 * (ridged(u + 0.05, v * 0.6 - 0.03, 6, 99) - face) + 0.25 * fbm(x * 3, y * 3, 3, 101),
  );
  const rock = mix(linear('#3d3a3d'), linear('#b59f86'), light * (0.35 + 0.65 * face));
  const wet = smoothstep(0.1, 0.02, y - coast(x));
  return mix(scale(rock, 1 - 0.55 * wet), green, turf);
}

/** A cylinder's shading at `across` in -1..1, lit from the left. */
const round = (across) =>
  0.34 +
  0.78 * Math.max(0, Math.sin(Math.acos(clamp(across, -1, 1)) * 0.92 + 0.55 - 0.35)) -
  0.42 * Math.max(0, across);

function lighthouse(x, y) {
  const { foot, top, wide, narrow } = TOWER;
  const dx = x - TOWER.x;
  const h = (y - foot) / (top - foot);
  if (h >= -0.05 && h <= 1) {
    const half = narrow + (wide - narrow) * (1 - h) ** 1.35;
    if (Math.abs(dx) < half) {
      const across = dx / half;
      const band = Math.floor((h - 0.015 * (1 - across * across)) * 5);
      const paint = band % 2 === 1 ? linear('#c2342b') : linear('#f4efe4');
      const pane = Math.abs(dx + 0.012) < 0.011 && Math.abs(((h * 5) % 2) - 0.55) < 0.16 && h > 0.1;
      const weather = 0.94 + 0.08 * fbm(x * 30, y * 8, 3, 103);
      return pane ? linear('#233142') : scale(paint, round(across) * weather);
    }
    return null;
  }
  const v = y - top;
  if (v < 0 || v > 0.24) return null;
  const part = (half, colour) => (Math.abs(dx) < half ? scale(colour, round(dx / half)) : null);
  if (v < 0.022) return part(0.094, linear('#2c3036'));
  if (v < 0.058 && Math.abs(dx) < 0.092) {
    const rail = v > 0.052 || Math.abs(((dx * 55 + 100) % 1) - 0.5) > 0.42;
    if (rail) return linear('#23272c');
  }
  if (v < 0.12) {
    if (Math.abs(dx) > 0.052) return null;
    const bar = Math.abs(((dx * 38 + 100.5) % 1) - 0.5) > 0.44;
    const lamp = Math.exp(-((dx / 0.02) ** 2) - ((v - 0.075) / 0.025) ** 2);
    return bar ? linear('#23272c') : addScaled(linear('#8fb4c4'), linear('#ffd98c'), 2.2 * lamp);
  }
  if (v < 0.132) return part(0.066, linear('#7d231d'));
  const cap = 0.06 * Math.sqrt(Math.max(0, 1 - ((v - 0.132) / 0.065) ** 2));
  if (v < 0.197) return part(cap, linear('#b3332a'));
  return Math.abs(dx) < 0.0035 || Math.hypot(dx, v - 0.203) < 0.009 ? linear('#2c2f33') : null;
}

function cottage(x, y) {
  const u = x - 0.56;
  const v = y + 0.085;
  if (v > -0.05 && v < 0.085 && Math.abs(u) < 0.15) {
    const pane = Math.abs(Math.abs(u + 0.01) - 0.075) < 0.019 && Math.abs(v - 0.045) < 0.022;
    const door = Math.abs(u + 0.01) < 0.02 && v < 0.062;
    if (pane) return Math.abs(Math.abs(u + 0.01) - 0.075) < 0.002 ? linear('#e9e4d8') : linear('#2a3b4a');
    if (door) return linear('#2c5d73');
    return scale(linear('#f1ebdd'), u < -0.1 ? 1 : 0.84 - 0.14 * smoothstep(0.06, 0.085, v));
  }
  const eaves = 0.168 - 0.5 * Math.max(0, v - 0.08);
  if (v >= 0.08 && v < 0.165 && Math.abs(u) < eaves) {
    return scale(
      mix(linear('#a8452f'), linear('#7c3024'), 0.5 + 0.5 * Math.sign(Math.sin(v * 520))),
      0.95 + 0.1 * noise2(x * 90, y * 160, 5),
    );
  }
  for (const c of [-0.095, 0.1])
    if (Math.abs(u - c) < 0.017 && v >= 0.12 && v < 0.2) return scale(linear('#c9b39a'), u < c ? 1 : 0.6);
  return null;
}

// x, y, wingspan, lift of the wings.
const GULLS = [
  [-0.45, 0.36, 0.1, 0.5],
  [-0.28, 0.48, 0.065, 0.2],
  [-0.63, 0.53, 0.05, 0.7],
];

function gull(x, y) {
  for (const [gx, gy, span, lift] of GULLS) {
    const u = (x - gx) / span;
    const v = (y - gy) / span;
    if (Math.abs(u) > 1) continue;
    const wing = lift * 0.5 * Math.sin(Math.min(1, Math.abs(u)) ** 0.7 * 2.4) - 0.12;
    const thick = 0.075 * (1 - Math.abs(u)) + 0.012;
    const torso = Math.hypot(u / 0.17, (v + 0.1) / 0.1) < 1;
    if (torso || Math.abs(v - wing) < thick)
      return Math.abs(u) > 0.8
        ? linear('#4a4f57')
        : mix(linear('#b8c4d0'), linear('#ffffff'), v > wing ? 1 : 0.3);
  }
  return null;
}

function shade(x, y) {
  return (
    cottage(x, y) ?? lighthouse(x, y) ?? headland(x, y) ?? gull(x, y) ?? (y < HORIZON ? sea(x, y) : sky(x, y))
  );
}

function render(size) {
  const film = expose(size, shade);
  return develop(bloom(film, { threshold: 0.9, strength: 0.25, sigma: size.width / 70 }), {
    exposure: 0.92,
    vignette: 0.25,
  });
}

export const scene = { id: 'lighthouse', width: 512, height: 512, samples: 4, render };
