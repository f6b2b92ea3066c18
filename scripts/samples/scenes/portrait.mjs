import { develop } from '../lib/film.mjs';
import { fbm, noise2, noise3 } from '../lib/noise.mjs';
import { photograph } from '../lib/pathtrace.mjs';
import { capsule, carve, ellipsoid, join, sphere, torus } from '../lib/sdf.mjs';
import { camera, clamp, linear, mix, scale, smoothstep } from '../lib/vec3.mjs';

// A sleeping muse: head and shoulders in a studio, soft key light from the left, warm rim from behind.
// The face looks along +z; features on both sides are modelled once, on |x|.
const TURN = 0.42;
const TILT = 0.13;

function skin(x, y, z) {
  const side = Math.abs(x);
  let d = ellipsoid(x, y - 0.22, z + 0.06, 0.72, 0.78, 0.82);
  d = join(d, ellipsoid(x, y + 0.28, z - 0.16, 0.52, 0.6, 0.56), 0.42);
  d = join(d, sphere(x, y + 0.72, z - 0.42, 0.14), 0.3);
  d = join(d, ellipsoid(side - 0.33, y + 0.2, z - 0.5, 0.2, 0.18, 0.16), 0.24);
  d = carve(d, ellipsoid(side - 0.27, y - 0.1, z - 0.84, 0.2, 0.13, 0.12), 0.16);
  d = join(d, sphere(side - 0.27, y - 0.07, z - 0.53, 0.175), 0.07);
  d = join(d, capsule(x, y, z, [0, 0.16, 0.72], [0, -0.2, 0.9], 0.055, 0.085), 0.14);
  d = join(d, sphere(side - 0.085, y + 0.235, z - 0.83, 0.05), 0.07);
  d = join(d, ellipsoid(x, y + 0.435, z - 0.72, 0.17, 0.04, 0.07), 0.06);
  d = join(d, ellipsoid(x, y + 0.515, z - 0.7, 0.14, 0.05, 0.075), 0.05);
  d = carve(d, capsule(side, y, z, [0, -0.472, 0.815], [0.17, -0.468, 0.7], 0.012, 0.004), 0.03);
  d = join(d, ellipsoid(side - 0.71, y + 0.02, z + 0.12, 0.07, 0.2, 0.13), 0.06);
  return join(d, capsule(x, y, z, [0, -0.6, -0.12], [0, -1.6, -0.3], 0.36, 0.4), 0.3);
}

function hair(x, y, z) {
  const parting = Math.hypot(x - 0.16, 0.06) * 0.3;
  const strand = 0.018 * noise2(Math.atan2(x - 0.16, y + 0.4) * 26, z * 2 + y * 1.2, 3);
  let d = ellipsoid(x, y - 0.27, z + 0.14, 0.83, 0.86, 0.9) + strand - 0.02 * parting;
  // The face stays free: an oval window, higher at the parting.
  d = carve(d, ellipsoid(x, y + 0.3, z - 0.86, 0.64, 0.98, 0.86), 0.12);
  const nape = ellipsoid(x, y + 0.25, z + 0.42, 0.6, 0.6, 0.44) + strand;
  const coil = 0.02 * Math.sin(14 * Math.atan2(y - 0.55, z + 1.05) + 7 * x);
  const bun = ellipsoid(x, y - 0.62, z + 0.98, 0.42, 0.4, 0.38) + coil;
  return join(join(d, nape, 0.2), bun, 0.1);
}

function jumper(x, y, z) {
  const rib = 0.012 * Math.sin(46 * Math.atan2(x, z + 0.25));
  const collar = torus(x, (y + 1.22) * 0.62, z + 0.22, 0.42, 0.13) + rib;
  const side = Math.abs(x);
  const shoulders = capsule(side, y, z, [0, -1.85, -0.3], [1.02, -2.12, -0.34], 0.52, 0.42);
  const chest = ellipsoid(x, y + 2.6, z + 0.2, 1.1, 1.1, 0.62);
  const arm = capsule(side, y, z, [1.1, -2.1, -0.34], [1.32, -3.4, -0.2], 0.42);
  const knit = 0.006 * Math.sin(60 * y + 3 * Math.sin(58 * x));
  return join(join(join(shoulders, chest, 0.4), arm, 0.3) + knit, collar, 0.1);
}

const cosTurn = Math.cos(TURN);
const sinTurn = Math.sin(TURN);
const cosTilt = Math.cos(TILT);
const sinTilt = Math.sin(TILT);

/** World to the head's own frame: turned towards the window, bowed a little. */
function headFrame(x, y, z) {
  const hx = cosTurn * x - sinTurn * z;
  const hz = sinTurn * x + cosTurn * z;
  const by = y + 1.1;
  return [hx, cosTilt * by + sinTilt * hz - 1.1, -sinTilt * by + cosTilt * hz];
}

function bodyFrame(x, y, z) {
  return [Math.cos(0.15) * x - Math.sin(0.15) * z, y - 0.2, Math.sin(0.15) * x + Math.cos(0.15) * z];
}

function field(x, y, z) {
  const away = sphere(x, y + 0.9, z, 2.7);
  const wall = z + 4.2;
  if (away > 0.5) return Math.min(away, wall);
  const h = headFrame(x, y, z);
  let d = skin(h[0], h[1], h[2]);
  const near = sphere(h[0], h[1] - 0.2, h[2] + 0.2, 1.45);
  d = Math.min(d, near > 0.3 ? near : hair(h[0], h[1], h[2]));
  const b = bodyFrame(x, y, z);
  return Math.min(d, jumper(b[0], b[1], b[2]) * 0.85, wall);
}

function complexion([x, y, z]) {
  const side = Math.abs(x);
  let tone = mix(linear('#c98a66'), linear('#d89a76'), 0.5 + 0.5 * noise3(x * 3, y * 3, z * 3));
  const blush =
    Math.exp(-(((side - 0.36) / 0.2) ** 2) - ((y + 0.2) / 0.17) ** 2) +
    Math.exp(-(x * x + (y + 0.22) ** 2) / 0.012);
  tone = mix(tone, linear('#c8604c'), 0.42 * clamp(blush));
  const front = smoothstep(0.45, 0.6, z);
  const lips = smoothstep(
    0.03,
    0,
    (side / 0.185) ** 2 * 0.06 + Math.abs(y + 0.475) - 0.058 + 0.014 * Math.cos(side * 22),
  );
  tone = mix(tone, linear('#9c3d3f'), 0.85 * lips * front);
  // Closed lids: a lash line that sags, and the brow above it.
  const u = (side - 0.275) / 0.165;
  const lash = 0.018 + 0.062 * u * u;
  const lashWidth = 0.019 * (1 - 0.5 * Math.abs(u));
  const onLash =
    smoothstep(lashWidth + 0.012, lashWidth, Math.abs(y - lash)) * smoothstep(1.12, 1, Math.abs(u));
  tone = mix(tone, linear('#1d110d'), onLash * front);
  const lid = smoothstep(1.1, 0.7, Math.abs(u)) * smoothstep(0.2, 0.08, y) * smoothstep(lash, lash + 0.02, y);
  tone = mix(tone, linear('#9a5a49'), 0.4 * lid * front);
  const b = (side - 0.3) / 0.21;
  const brow = 0.285 - 0.05 * b * b + 0.012 * b;
  const browWidth = 0.03 * (1 - 0.55 * Math.max(0, b));
  const hairs = 0.75 + 0.25 * noise2(side * 90 + y * 60, y * 20, 11);
  const onBrow =
    smoothstep(browWidth + 0.018, browWidth - 0.006, Math.abs(y - brow)) *
    smoothstep(1.05, 0.85, Math.abs(b));
  return mix(tone, linear('#2a1812'), onBrow * front * hairs);
}

function surface([x, y, z]) {
  const h = headFrame(x, y, z);
  const b = bodyFrame(x, y, z);
  const ways = [z + 4.2, skin(...h), hair(...h), jumper(...b)];
  const which = ways.indexOf(Math.min(...ways));
  if (which === 0)
    return { albedo: scale(linear('#4f7377'), 1 + 0.1 * fbm(x * 0.7, y * 0.7, 4, 70)), coat: 0, rough: 1 };
  if (which === 1) return { albedo: complexion(h), coat: 0.28, rough: 0.5 };
  if (which === 2) {
    const strand = 0.5 + 0.5 * noise2(Math.atan2(h[0] - 0.16, h[1] + 0.4) * 60, h[2] * 3, 9);
    return { albedo: mix(linear('#1c0f0b'), linear('#4a2a1a'), strand), coat: 0.22, rough: 0.5 };
  }
  return {
    albedo: scale(linear('#c9772f'), 0.85 + 0.2 * fbm(b[0] * 9, b[1] * 9, 3, 71)),
    coat: 0.05,
    rough: 0.8,
  };
}

const WORLD = {
  field,
  surface,
  background: () => scale(linear('#8fb0c0'), 0.16),
  lamps: [
    { centre: [-4.2, 2.6, 4.4], u: [0.6, 1.2, 0.5], v: [0.95, 0, 0.95], light: scale(linear('#fff0dd'), 17) },
    { centre: [3.4, 1.8, -2.6], u: [0, 1.2, 0], v: [-0.35, 0, -0.45], light: scale(linear('#ffb070'), 34) },
  ],
  far: 30,
};

function render(size) {
  const { eye, direction } = camera([0.1, -0.1, 8.2], [0.04, -0.37, 0], 23);
  const lens = (x, y) => ({ origin: eye, direction: direction(x, y) });
  const film = photograph(size, WORLD, lens);
  return develop(film, { exposure: 1.25, vignette: 0.3 });
}

export const scene = { id: 'portrait', width: 512, height: 512, samples: 4, render };
