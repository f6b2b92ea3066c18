import { develop } from '../lib/film.mjs';
import { fbm, noise2, noise3 } from '../lib/noise.mjs';
import { photograph } from '../lib/pathtrace.mjs';
import { capsule, carve, join, sphere, torus } from '../lib/sdf.mjs';
import {
  add,
  addScaled,
  camera,
  length,
  linear,
  mix,
  normalize,
  scale,
  smoothstep,
  sub,
} from '../lib/vec3.mjs';

// A bowl of fruit by a window on the left, in the manner of the Dutch still life.
const ORANGES = [
  [-0.52, 1.12, 0.12, 0.5],
  [0.5, 1.14, 0.22, 0.5],
  [0.02, 1.1, -0.52, 0.5],
  [0.02, 1.72, 0.0, 0.47],
];
const PLUMS = [
  [-1.55, 0.32, 1.0, 0.32],
  [-1.02, 0.3, 1.42, 0.3],
];

function fruit(list, x, y, z) {
  let nearest = Infinity;
  for (const [a, b, c, r] of list) nearest = Math.min(nearest, sphere(x - a, y - b, z - c, r));
  return nearest;
}

function bowl(x, y, z) {
  const shell = Math.abs(sphere(x, y - 1.42, z, 1.36)) - 0.04;
  const open = Math.min(carve(shell, 1.1 - y, 0.03), torus(x, y - 1.1, z, 1.32, 0.055));
  const foot = Math.max(Math.hypot(x, z) - 0.62, y - 0.16, -y) - 0.02;
  return join(open, foot, 0.08);
}

function pear(x, y, z) {
  // Leans a little; measured in its own frame.
  const px = (x - 1.72) * 0.985 + y * 0.13;
  const pz = z - 0.72;
  const body = join(sphere(px, y - 0.47, pz, 0.47), sphere(px - 0.02, y - 1.06, pz, 0.22), 0.62);
  return carve(body, sphere(px - 0.02, y - 1.36, pz, 0.07), 0.1);
}

const stem = (x, y, z) => capsule(x, y, z, [1.57, 1.26, 0.72], [1.62, 1.55, 0.76], 0.03, 0.042);
const cherry = (x, y, z) => sphere(x - 0.72, y - 0.2, z - 1.62, 0.2);
const cherryStem = (x, y, z) =>
  Math.min(
    capsule(x, y, z, [0.72, 0.38, 1.62], [0.84, 0.72, 1.5], 0.016),
    capsule(x, y, z, [0.84, 0.72, 1.5], [1.04, 0.9, 1.4], 0.016, 0.026),
  );
const second = (x, y, z) => sphere(x - 1.1, y - 0.19, z - 1.52, 0.19);

function peel(x, y, z) {
  const near = fruit(ORANGES, x, y, z);
  return near < 0.03 ? near + 0.004 * noise3(x * 22, y * 22, z * 22) : near;
}

const PARTS = {
  table: (_x, y) => y,
  wall: (_x, _y, z) => z + 3.4,
  bowl,
  orange: peel,
  plum: (x, y, z) => fruit(PLUMS, x, y, z),
  pear,
  stem: (x, y, z) => Math.min(stem(x, y, z), cherryStem(x, y, z)),
  cherry: (x, y, z) => Math.min(cherry(x, y, z), second(x, y, z)),
};
const parts = Object.values(PARTS);

function field(x, y, z) {
  let nearest = Math.min(y, z + 3.4);
  // Everything else stands within one sphere.
  const away = sphere(x - 0.1, y - 0.9, z - 0.3, 2.45);
  if (away > 0.4) return Math.min(nearest, away);
  for (let i = 2; i < parts.length; i++) nearest = Math.min(nearest, parts[i](x, y, z));
  return nearest;
}

function wood(x, z) {
  const plank = Math.floor(z / 1.15);
  const grain = fbm(x * 0.55 + plank * 17, z * 7, 4, plank);
  const rings = 0.5 + 0.5 * Math.sin(18 * fbm(x * 0.22 + plank * 5, z * 1.7, 3, plank + 9));
  const seam = smoothstep(0.0, 0.025, Math.abs(z / 1.15 - Math.round(z / 1.15)));
  return scale(
    mix(linear('#5a3720'), linear('#93643a'), 0.5 + 0.34 * grain + 0.22 * (rings - 0.5)),
    0.25 + 0.75 * seam,
  );
}

function surface(point) {
  const [x, y, z] = point;
  let name = 'table';
  let nearest = Infinity;
  for (const [part, distance] of Object.entries(PARTS)) {
    const d = distance(x, y, z);
    if (d < nearest) [name, nearest] = [part, d];
  }
  switch (name) {
    case 'table':
      return { albedo: wood(x, z), coat: 0.55, rough: 0.16 };
    case 'wall':
      return {
        albedo: scale(linear('#56655f'), 0.8 + 0.22 * fbm(x * 0.9, y * 0.9, 5, 70)),
        coat: 0,
        rough: 1,
      };
    case 'bowl': {
      const band = smoothstep(0.02, 0.03, Math.abs(y - 0.9)) * smoothstep(0.008, 0.016, Math.abs(y - 0.78));
      return { albedo: mix(linear('#1d3f86'), linear('#e6e4da'), band), coat: 1, rough: 0.03 };
    }
    case 'orange': {
      const blush = 0.5 + 0.5 * noise3(x * 2.1, y * 2.1, z * 2.1);
      return { albedo: mix(linear('#f08a16'), linear('#e8690c'), blush), coat: 0.8, rough: 0.26 };
    }
    case 'plum': {
      const bloom = 0.5 + 0.5 * fbm(x * 3, y * 3 + z * 2, 4, 33);
      return {
        albedo: mix(linear('#2f1030'), linear('#6a5480'), 0.12 + 0.5 * bloom * bloom),
        coat: 0.7,
        rough: 0.3,
      };
    }
    case 'pear': {
      const freckle = smoothstep(0.35, 0.7, noise2(x * 26 + z * 9, y * 26, 41));
      const green = mix(linear('#d9b52e'), linear('#9aa332'), smoothstep(1.1, 0.2, y));
      const red = smoothstep(0.0, 0.8, x - 1.5 + 0.4 * noise3(x * 2, y * 2, z * 2));
      return {
        albedo: mix(mix(green, linear('#b5532c'), 0.55 * red), linear('#6d5a22'), 0.4 * freckle),
        coat: 0.8,
        rough: 0.18,
      };
    }
    case 'cherry':
      return { albedo: linear('#8e0f1c'), coat: 1, rough: 0.04 };
    default:
      return { albedo: linear('#55452a'), coat: 0.2, rough: 0.4 };
  }
}

const WORLD = {
  field,
  surface,
  background: (d) => scale(linear('#8fa4b8'), 0.05 + 0.05 * Math.max(0, d[1])),
  lamps: [
    // The window: u x v points into the room.
    { centre: [-5.2, 4.4, 2.2], u: [0.75, 1.5, 0], v: [0.6, 0, 1.5], light: scale(linear('#ffe9cf'), 21) },
  ],
  far: 30,
};

function render(size) {
  const { eye, right, up, direction } = camera([0.9, 3.1, 8.2], [0.12, 0.98, 0.2], 31);
  const focus = length(sub([0.2, 1.0, 0.9], eye));
  const lens = (x, y, rng) => {
    const target = addScaled(eye, direction(x, y), focus);
    const turn = 2 * Math.PI * rng();
    const r = 0.06 * Math.sqrt(rng());
    const origin = add(eye, add(scale(right, r * Math.cos(turn)), scale(up, r * Math.sin(turn))));
    return { origin, direction: normalize(sub(target, origin)) };
  };
  return develop(photograph(size, WORLD, lens), { exposure: 1.35, vignette: 0.35 });
}

export const scene = { id: 'still-life', width: 512, height: 512, samples: 4, render };
