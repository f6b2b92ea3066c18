import { develop, expose } from '../lib/film.mjs';
import { addScaled, clamp, linear, mix, normalize, scale } from '../lib/vec3.mjs';

// A detail of the Julia set of z^2 + c, shaded as a relief from the analytic distance estimate.
const C = [-0.7443, 0.1263];
const CENTRE = [0.155, 0.265];
const HALF = 0.2;
const LIMIT = 900;
const LIGHT = normalize([-0.6, 0.55, 0.75]);

const WHEEL = ['#08122b', '#123a63', '#1f7a8c', '#a9d6c5', '#fbeec1', '#eaa23e', '#a8402f', '#3a1733'].map(
  linear,
);

function wheel(t) {
  const turn = (t - Math.floor(t)) * WHEEL.length;
  const i = Math.floor(turn);
  return mix(WHEEL[i], WHEEL[(i + 1) % WHEEL.length], turn - i);
}

function shade(x, y) {
  // A slight turn makes the spirals fall into the diagonal.
  let zx = CENTRE[0] + HALF * (0.94 * x - 0.34 * y);
  let zy = CENTRE[1] + HALF * (0.34 * x + 0.94 * y);
  let dx = 1;
  let dy = 0;
  let trap = 1e9;
  for (let i = 0; i < LIMIT; i++) {
    [dx, dy] = [2 * (zx * dx - zy * dy), 2 * (zx * dy + zy * dx)];
    [zx, zy] = [zx * zx - zy * zy + C[0], 2 * zx * zy + C[1]];
    const r2 = zx * zx + zy * zy;
    trap = Math.min(trap, r2);
    if (r2 < 1e6) continue;
    const smooth = i + 1 - Math.log2(Math.log2(r2) / 2);
    // u = z / z': the direction in which the potential rises.
    const d2 = dx * dx + dy * dy;
    const ux = (zx * dx + zy * dy) / d2;
    const uy = (zy * dx - zx * dy) / d2;
    const size = Math.hypot(ux, uy) || 1;
    const normal = normalize([ux / size, uy / size, 1.25]);
    const light = Math.max(0, normal[0] * LIGHT[0] + normal[1] * LIGHT[1] + normal[2] * LIGHT[2]);
    const colour = wheel(0.2 + 0.62 * Math.log2(1 + smooth / 12));
    const gloss = light ** 24;
    return addScaled(scale(colour, 0.3 + 0.95 * light), [1, 0.96, 0.88], 0.3 * gloss);
  }
  return scale(linear('#f6d28a'), 0.2 + clamp(trap * 2));
}

const render = (size) => develop(expose(size, shade), { exposure: 1.15, vignette: 0.3 });

export const scene = { id: 'julia', width: 512, height: 512, samples: 5, render };
