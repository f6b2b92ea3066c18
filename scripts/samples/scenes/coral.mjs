import { develop, expose } from '../lib/film.mjs';
import { fbm } from '../lib/noise.mjs';
import { random } from '../lib/random.mjs';
import { addScaled, clamp, linear, mix, normalize, scale, smoothstep } from '../lib/vec3.mjs';

// Brain coral: the Gray-Scott reaction-diffusion system (P. Gray and S. K. Scott, 1983; patterns after
// J. E. Pearson, 1993) run to a labyrinth, then lit as a relief.
const CELLS = 256;
const STEPS = 5200;

/** Concentration of the catalyst on a torus of CELLS x CELLS. */
function react() {
  const rng = random(1993);
  let a = new Float32Array(CELLS * CELLS).fill(1);
  let b = new Float32Array(CELLS * CELLS);
  for (let n = 0; n < 90; n++) {
    const cx = Math.floor(rng() * CELLS);
    const cy = Math.floor(rng() * CELLS);
    for (let j = -4; j <= 4; j++) {
      for (let i = -4; i <= 4; i++)
        b[((cy + j + CELLS) % CELLS) * CELLS + ((cx + i + CELLS) % CELLS)] = 0.25 + 0.1 * rng();
    }
  }
  // Feed and kill rates drift over the dish: meanders on the left, cells on the right.
  const kill = Float32Array.from({ length: CELLS * CELLS }, (_, k) => {
    const x = (k % CELLS) / CELLS;
    const y = Math.floor(k / CELLS) / CELLS;
    return 0.0607 + 0.0016 * fbm(x * 3, y * 3, 2, 6);
  });
  const feed = 0.0375;
  let nextA = new Float32Array(a.length);
  let nextB = new Float32Array(b.length);
  for (let step = 0; step < STEPS; step++) {
    for (let y = 0; y < CELLS; y++) {
      const row = y * CELLS;
      const up = ((y + CELLS - 1) % CELLS) * CELLS;
      const down = ((y + 1) % CELLS) * CELLS;
      for (let x = 0; x < CELLS; x++) {
        const l = x === 0 ? CELLS - 1 : x - 1;
        const r = x === CELLS - 1 ? 0 : x + 1;
        const k = row + x;
        const spreadA =
          0.2 * (a[row + l] + a[row + r] + a[up + x] + a[down + x]) +
          0.05 * (a[up + l] + a[up + r] + a[down + l] + a[down + r]) -
          a[k];
        const spreadB =
          0.2 * (b[row + l] + b[row + r] + b[up + x] + b[down + x]) +
          0.05 * (b[up + l] + b[up + r] + b[down + l] + b[down + r]) -
          b[k];
        const rate = a[k] * b[k] * b[k];
        nextA[k] = a[k] + spreadA - rate + feed * (1 - a[k]);
        nextB[k] = b[k] + 0.5 * spreadB + rate - (kill[k] + feed) * b[k];
      }
    }
    [a, nextA] = [nextA, a];
    [b, nextB] = [nextB, b];
  }
  return b;
}

const LIGHT = normalize([-0.55, 0.6, 0.62]);

function render(size) {
  const dish = react();
  const at = (x, y) => dish[(((y % CELLS) + CELLS) % CELLS) * CELLS + (((x % CELLS) + CELLS) % CELLS)];
  const height = (u, v) => {
    const x = Math.floor(u);
    const y = Math.floor(v);
    const fx = (u - x) ** 2 * (3 - 2 * (u - x));
    const fy = (v - y) ** 2 * (3 - 2 * (v - y));
    const low = at(x, y) + (at(x + 1, y) - at(x, y)) * fx;
    const high = at(x, y + 1) + (at(x + 1, y + 1) - at(x, y + 1)) * fx;
    return low + (high - low) * fy;
  };
  const film = expose(size, (x, y) => {
    // The pattern lies on a dome: a lens that bulges towards the viewer.
    const r2 = x * x + y * y;
    const zoom = 66 * (1 + 0.16 * r2);
    const u = 128 + x * zoom;
    const v = 128 - y * zoom;
    const here = height(u, v);
    const e = 0.8;
    const slopeX = (height(u + e, v) - height(u - e, v)) * 3.4;
    const slopeY = (height(u, v - e) - height(u, v + e)) * 3.4;
    const normal = normalize([-slopeX + 0.4 * x, -slopeY + 0.4 * y, 1]);
    const facing = normal[0] * LIGHT[0] + normal[1] * LIGHT[1] + normal[2] * LIGHT[2];
    const ridge = smoothstep(0.06, 0.3, here);
    const tint = 0.5 + 0.5 * fbm(x * 1.4 + 3, y * 1.4, 4, 12);
    const crest = mix(linear('#f0846b'), linear('#f7c06f'), tint);
    const groove = mix(linear('#0c3b46'), linear('#134a63'), tint);
    const pores = 1 + 0.1 * fbm(u * 1.3, v * 1.3, 3, 30);
    const albedo = scale(mix(groove, crest, ridge), pores);
    const half = normalize([LIGHT[0], LIGHT[1], LIGHT[2] + 1]);
    const gloss = Math.max(0, normal[0] * half[0] + normal[1] * half[1] + normal[2] * half[2]) ** 40;
    const lit = scale(albedo, 0.22 + 0.4 * ridge + 1.5 * clamp(facing));
    return addScaled(lit, [0.9, 0.97, 1], 0.22 * gloss);
  });
  return develop(film, { exposure: 0.85, vignette: 0.5 });
}

export const scene = { id: 'coral', width: 512, height: 512, samples: 3, render };
