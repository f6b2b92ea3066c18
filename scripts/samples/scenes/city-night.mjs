import { bloom, develop, expose } from '../lib/film.mjs';
import { fbm, noise2 } from '../lib/noise.mjs';
import { hash, random } from '../lib/random.mjs';
import { addScaled, linear, mix, ramp, scale, smoothstep } from '../lib/vec3.mjs';

// A skyline at the blue hour across a river, wider than tall: it shows the lab's centre crop.
const WATERLINE = -0.38;
const TAPS = 6;
const PALETTE = ['#ffd9a0', '#ffc27a', '#fff1d6', '#ffb65e', '#cfe2ff'].map(linear);

/** Rows of towers, far to near: nearer rows are lower, darker and wider. */
function build() {
  const rng = random(2024);
  const towers = [];
  for (let row = 0; row < 3; row++) {
    let x = -1.55;
    while (x < 1.55) {
      const wide = (0.055 + 0.075 * rng()) * (1 + 0.35 * row);
      const middle = x + wide / 2;
      // Two clusters, one of them taller, rise over a low town.
      const rise =
        Math.exp(-(((middle - 0.34) / 0.4) ** 2)) + 0.62 * Math.exp(-(((middle + 0.74) / 0.3) ** 2));
      const tall =
        [0.26, 0.2, 0.13][row] * (0.55 + 0.7 * rng()) + rise * [0.78, 0.5, 0.18][row] * (0.5 + 0.6 * rng());
      towers.push({
        left: x,
        right: x + wide * 0.97,
        top: WATERLINE + tall,
        row,
        crown: Math.floor(rng() * 5),
        lit: 0.25 + 0.5 * rng(),
        tint: Math.floor(rng() * 5),
        id: towers.length,
        stripes: rng() < 0.3,
      });
      x += wide * (0.98 + 0.25 * rng());
    }
  }
  return towers.reverse();
}

const TOWERS = build();

function roof({ left, right, top, crown }, x) {
  const wide = right - left;
  const u = (x - left) / wide - 0.5;
  if (crown === 0)
    return top + Math.max(0, 0.16 * wide * (1 - Math.abs(u) * 6)) + (Math.abs(u) < 0.02 ? wide * 0.9 : 0);
  if (crown === 1)
    return top + (Math.abs(u) < 0.3 ? wide * 0.25 : 0) + (Math.abs(u) < 0.14 ? wide * 0.25 : 0);
  if (crown === 2) return top + wide * 0.5 * u;
  return top;
}

function windows(tower, x, y) {
  const size = 0.0125 + 0.0025 * tower.row;
  const column = Math.floor((x - tower.left) / size);
  const level = Math.floor((y - WATERLINE) / (size * 1.25));
  const u = (x - tower.left) / size - column;
  const v = (y - WATERLINE) / (size * 1.25) - level;
  const pane = tower.stripes ? v > 0.3 && v < 0.72 : u > 0.22 && u < 0.8 && v > 0.25 && v < 0.75;
  if (!pane || x > tower.right - size * 0.8 || y > tower.top - size) return null;
  const whole = hash(level, tower.id, 3) < 0.12;
  const chance = hash(tower.stripes ? Math.floor(column / 3) : column, level, tower.id);
  if (chance > tower.lit * (whole ? 1.8 : 0.8)) return null;
  const colour =
    PALETTE[hash(column, level, tower.id + 99) < 0.75 ? tower.tint : Math.floor(chance * 50) % 5];
  return scale(colour, (0.35 + 1.5 * hash(level, column, tower.id + 7) ** 2) * (0.55 + 0.25 * tower.row));
}

function sky(x, y) {
  const base = ramp(
    [
      [-0.4, linear('#f2936a')],
      [-0.16, linear('#c9688a')],
      [0.2, linear('#5b4d92')],
      [0.62, linear('#232f66')],
      [1.0, linear('#0d1738')],
    ],
    y + 0.1 * x,
  );
  const cloud = smoothstep(0.05, 0.7, fbm(x * 1.2 + 9, y * 4.2 - x * 0.4, 6, 15)) * smoothstep(0.9, 0.0, y);
  let colour = mix(scale(base, 0.62), linear('#d97f80'), 0.34 * cloud);
  const moon = Math.hypot(x + 0.42, y - 0.66);
  const face = smoothstep(0.078, 0.073, moon) * (1.15 + 0.35 * fbm(x * 16, y * 16, 4, 8));
  colour = addScaled(colour, linear('#fff2da'), face + 0.1 * Math.exp(-moon * 9));
  const cell = [Math.floor(x * 60), Math.floor(y * 60)];
  const star =
    hash(cell[0], cell[1], 41) > 0.985 && Math.hypot(x * 60 - cell[0] - 0.5, y * 60 - cell[1] - 0.5) < 0.1;
  return star && y > 0.3 ? addScaled(colour, [0.8, 0.85, 1], smoothstep(0.3, 0.8, y)) : colour;
}

function city(x, y) {
  for (const tower of TOWERS) {
    if (x < tower.left || x > tower.right || y > roof(tower, x)) continue;
    const light = windows(tower, x, y);
    const wall = mix(linear('#6f5b86'), linear('#141a33'), [0.35, 0.68, 0.9][tower.row]);
    const side = (x - tower.left) / (tower.right - tower.left);
    const facade = scale(wall, 0.24 + 0.3 * side * (tower.id % 2) + 0.16 * smoothstep(0.3, -0.4, y));
    return light ? addScaled(facade, light, 1) : facade;
  }
  return sky(x, y);
}

function shade(x, y, rng) {
  if (y > WATERLINE + 0.008) return city(x, y);
  // Quay with lamps.
  if (y > WATERLINE - 0.012) {
    const lamp = Math.abs(((x * 11) % 1) + (x < 0 ? 1 : 0) - 0.5) < 0.05;
    return lamp && y > WATERLINE - 0.004 ? scale(linear('#ffcf8a'), 3) : linear('#0a0d18');
  }
  const depth = WATERLINE - y;
  // Waves smear the mirror image upwards, more so the nearer they are.
  const wave =
    noise2(x * 9 + 3, 24 * Math.log(depth + 0.05), 22) +
    0.5 * noise2(x * 26, 60 * Math.log(depth + 0.05), 23);
  let mirrored = [0, 0, 0];
  for (let tap = 0; tap < TAPS; tap++) {
    const smear = depth * (1 + 0.26 * wave + 0.5 * ((tap + rng()) / TAPS - 0.5));
    const light = city(x + 0.04 * wave * depth, WATERLINE + 0.01 + Math.max(0, smear) * 1.18);
    mirrored = addScaled(mirrored, light, 1 / TAPS);
  }
  return addScaled(scale(mirrored, 0.62 - 0.25 * depth), linear('#1a2350'), 0.22);
}

function render(size) {
  const film = expose(size, shade);
  const glow = bloom(film, { threshold: 0.45, strength: 0.5, sigma: size.width / 110 });
  return develop(bloom(glow, { threshold: 0.9, strength: 0.35, sigma: size.width / 30 }), { exposure: 1.05 });
}

export const scene = { id: 'city-night', width: 680, height: 512, samples: 4, render };
