import { bloom, develop, expose } from '../lib/film.mjs';
import { Heightfield } from '../lib/heightfield.mjs';
import { fbm, noise2, ridged } from '../lib/noise.mjs';
import { hash } from '../lib/random.mjs';
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

// A lake below snow peaks at dusk. Lengths in units of about 100 m; the camera looks along +z.
const SIZE = 100;
const FAR = 140;
const SUN = normalize([-0.78, 0.2, -0.36]);
const SUNLIGHT = scale(linear('#ff9a5c'), 4.6);
const SKYLIGHT = scale(linear('#6f8fd0'), 0.62);
const TREE_LINE = 3.6;

// [x, z, height, steepness] of the summits.
const SUMMITS = [
  [57, 68, 27, 1.15],
  [47, 73, 19, 0.95],
  [66, 76, 19, 0.9],
  [37, 82, 16, 0.8],
  [79, 84, 15, 0.8],
];

/** Horn-like peaks: cones whose flanks are cut into ridges. */
function summits(x, z, crest) {
  const wx = x + 3.2 * fbm(x * 0.12, z * 0.12, 4, 51);
  const wz = z + 3.2 * fbm(x * 0.12, z * 0.12, 4, 61);
  let high = 0;
  for (const [px, pz, peak, steep] of SUMMITS) {
    const away = Math.hypot(wx - px, wz - pz);
    const turn = Math.atan2(wz - pz, wx - px);
    const spurs = 1 + 0.28 * noise2(Math.cos(turn) * 2.4 + px, Math.sin(turn) * 2.4 + pz, 71);
    high = Math.max(high, peak - peak * (1 - Math.exp((-away * steep * spurs) / 13)));
  }
  return high * (0.95 + 0.75 * crest);
}

/** Ground before erosion: a basin for the lake, wooded shores, one high massif behind. */
function relief(x, z) {
  const wander = 5 * fbm(x * 0.06, z * 0.06, 3, 40);
  const shore = Math.hypot((x - 50 + wander) * 0.78, (z - 17) * 0.92) - 22;
  const range = smoothstep(5, 36, shore);
  const crest = ridged(x * 0.042 + 7.3, z * 0.042 + 2.1, 7, 3, 0.48);
  const hills = smoothstep(-1, 16, shore) * (0.2 + 2.3 * (0.5 + 0.5 * fbm(x * 0.09, z * 0.09, 4, 9)));
  return clamp(shore * 0.25, -3, 0.6) - 0.35 + hills + range * crest * 12 + summits(x, z, crest);
}

function landscape() {
  const land = new Heightfield(1100, SIZE, relief);
  land.erode({ drops: 260_000, seed: 5 });
  // Conifers: one narrow cone in most cells of a fine lattice, below the tree line.
  const bare = land.grid.slice();
  const { cells, step, grid } = land;
  for (let j = 3; j < cells - 3; j++) {
    for (let i = 3; i < cells - 3; i++) {
      const k = j * cells + i;
      const steep = Math.hypot(bare[k + 1] - bare[k - 1], bare[k + cells] - bare[k - cells]) / (2 * step);
      const line = TREE_LINE + 1.6 * noise2(i * 0.03, j * 0.03, 77);
      if (bare[k] < 0.12 || bare[k] > line || steep > 1.5) continue;
      if (hash(i, j, 12) > 0.34) continue;
      grid[k] += 0.24 + 0.32 * hash(i, j, 13);
    }
  }
  land.measure();
  return { land, bare: Object.assign(Object.create(Heightfield.prototype), { ...land, grid: bare }) };
}

function sky(d) {
  const up = Math.max(0, d[1]);
  const base = ramp(
    [
      [0, linear('#f6b58c')],
      [0.1, linear('#f0a08c')],
      [0.22, linear('#b489a8')],
      [0.42, linear('#5f74ad')],
      [0.8, linear('#2b4379')],
    ],
    up,
  );
  const u = d[0] / (up + 0.16);
  const v = d[2] / (up + 0.16);
  const cloud = smoothstep(0.0, 0.62, fbm(u * 0.5 + 3.1, v * 1.35 + 1.7, 6, 21)) * smoothstep(0.03, 0.2, up);
  const lit = mix(linear('#ffbb93'), linear('#ff8f86'), clamp(up * 2));
  return mix(base, lit, 0.72 * cloud);
}

function ground(land, bare, point, distance) {
  const [x, , z] = point;
  const rough = bare.normal(x, z);
  const height = bare.at(x, z);
  const tree = point[1] - height;
  const snowline = 6.2 + 1.2 * fbm(x * 0.22, z * 0.22, 4, 31);
  const snow = smoothstep(snowline - 0.6, snowline + 1.6, height) * smoothstep(0.36, 0.6, rough[1]);
  const rock = mix(linear('#4b4650'), linear('#6b5f5a'), 0.5 + 0.5 * fbm(x * 0.9, z * 0.9, 4, 8));
  const forest = mix(linear('#152319'), linear('#2c4028'), hash(Math.floor(x * 9), Math.floor(z * 9), 4));
  let albedo = mix(rock, linear('#e9eef7'), snow);
  const wooded = tree > 0.05 || (height < TREE_LINE - 1 && rough[1] > 0.55);
  if (wooded) albedo = forest;
  const normal = wooded ? normalize(mix(land.normal(x, z, land.step * 1.5), [0, 1, 0], 0.45)) : rough;
  const sun = Math.max(0, dot(normal, SUN)) * land.sunlight(addScaled(point, normal, 0.12), SUN, 60, 16);
  const ambient = (0.55 + 0.45 * normal[1]) * (wooded ? 0.45 + 0.55 * clamp(tree / 0.5) : 1);
  const lit = mul(albedo, mix(scale(SKYLIGHT, ambient), scale(SUNLIGHT, 1), 0));
  const light = addScaled(lit, mul(albedo, SUNLIGHT), sun);
  // Haze gathers with distance and lies thickest over the water.
  const haze = 1 - Math.exp(-distance * 0.0045 - distance * 0.007 * Math.exp(-Math.max(0, point[1]) * 0.7));
  return mix(light, linear('#bda3c2'), clamp(haze) * 0.92);
}

// [x of the trunk, y of the foot, height] in film coordinates.
const PINES = [
  [-0.93, -1.12, 1.62],
  [-0.73, -1.1, 1.02],
  [-0.57, -1.1, 0.66],
  [0.95, -1.1, 0.8],
];

/** Dark conifers on the near bank, or null where the view is open. */
function foreground(x, y) {
  const bank =
    -1.0 + 0.16 * smoothstep(-0.1, -1, x) + 0.09 * smoothstep(0.5, 1, x) + 0.012 * noise2(x * 40, 3, 90);
  if (y < bank + 0.02 * hash(Math.floor(x * 330), 1, 91)) return linear('#0b1112');
  for (const [trunk, foot, tall] of PINES) {
    const up = (y - foot) / tall;
    if (up < 0 || up > 1) continue;
    const sway = x - trunk - 0.012 * noise2(up * 3, trunk * 9, 92);
    const side = Math.sign(sway) * 40 + trunk * 100;
    // Each whorl of branches droops from the trunk and thins outward.
    const whorls = up * (11 + 9 * tall) + Math.abs(sway) * 16;
    const reach = (1 - up) ** 0.85 * tall * 0.2 * (0.5 + 0.6 * hash(Math.floor(whorls), side, 93));
    const needle = 0.02 * tall * noise2(whorls * 9, sway * 60, 94);
    const droop = 1 - 0.75 * (whorls - Math.floor(whorls));
    if (Math.abs(sway) < reach * droop + needle || Math.abs(sway) < 0.006 * tall) {
      return mix(
        linear('#0a1416'),
        linear('#2c2a2c'),
        0.5 * smoothstep(0.02, -0.1, sway) * hash(Math.floor(whorls), 5),
      );
    }
  }
  return null;
}

function render(size) {
  const { land, bare } = landscape();
  const { eye, direction } = camera([50, 1.3, 3], [54.5, 7.3, 50], 42);
  const look = (origin, d, travelled) => {
    const t = land.hit(origin, d, 0.05, FAR);
    return t < FAR ? ground(land, bare, addScaled(origin, d, t), travelled + t) : sky(d);
  };
  const film = expose(size, (x, y) => {
    const tree = foreground(x, y);
    if (tree) return tree;
    const d = direction(x, y);
    const toWater = d[1] < 0 ? -eye[1] / d[1] : Infinity;
    const toLand = land.hit(eye, d, 0.05, Math.min(toWater, FAR));
    if (toLand < toWater) return ground(land, bare, addScaled(eye, d, toLand), toLand);
    if (toWater === Infinity) return sky(d);
    const p = addScaled(eye, d, toWater);
    const calm = 0.028 / (1 + toWater * 0.03);
    const ripple = [
      calm * 0.35 * fbm(p[0] * 3, p[2] * 7, 3, 50),
      1,
      calm *
        fbm(p[0] * 1.1 + 9, p[2] * 5, 4, 60) *
        (0.4 + 0.6 * smoothstep(-0.2, 0.4, noise2(p[0] * 0.3, p[2] * 0.5, 3))),
    ];
    const normal = normalize(ripple);
    const facing = clamp(-dot(d, normal));
    const mirrored = addScaled(d, normal, 2 * facing);
    mirrored[1] = Math.max(mirrored[1], 0.004);
    const fresnel = 0.05 + 0.95 * (1 - facing) ** 4;
    return mix(
      linear('#0d2233'),
      look(addScaled(p, normal, 0.01), normalize(mirrored), toWater),
      0.25 + 0.7 * fresnel,
    );
  });
  return develop(bloom(film, { threshold: 0.9, strength: 0.2, sigma: size.width / 60 }), { exposure: 0.95 });
}

export const scene = { id: 'mountain-lake', width: 512, height: 512, samples: 3, render };
