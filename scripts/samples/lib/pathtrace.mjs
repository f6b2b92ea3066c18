import { denoise } from './denoise.mjs';
import { expose } from './film.mjs';
import { add, addScaled, cross, dot, length, mul, normalize, reflect, scale, sub } from './vec3.mjs';

/**
 * @typedef {object} Surface
 * @property {number[]} albedo linear RGB of the diffuse base
 * @property {number} coat strength of the clear coat, 0..1
 * @property {number} rough width of the coat's highlight, 0 (mirror) to 1
 *
 * @typedef {object} World
 * @property {(x: number, y: number, z: number) => number} field signed distance, or a lower bound of it
 * @property {(point: number[], normal: number[]) => Surface} surface
 * @property {(direction: number[]) => number[]} background light that arrives from outside
 * @property {{centre: number[], u: number[], v: number[], light: number[]}[]} lamps parallelograms that
 *   shine along u x v; u and v reach from the centre to the edges
 * @property {number} far
 */

const EPSILON = 0.0012;

function march(field, o, d, far) {
  let t = 0.002;
  for (let i = 0; i < 140; i++) {
    const gap = field(o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t);
    if (gap < EPSILON * (0.3 + 0.15 * t)) return t;
    t += gap;
    if (t > far) return Infinity;
  }
  return t;
}

function normalAt(field, [x, y, z]) {
  const h = 0.0015;
  const a = field(x + h, y - h, z - h);
  const b = field(x - h, y - h, z + h);
  const c = field(x - h, y + h, z - h);
  const d = field(x + h, y + h, z + h);
  return normalize([a - b - c + d, -a - b + c + d, -a + b - c + d]);
}

/** A direction about the normal, cosine weighted. */
function scatter(normal, rng) {
  const turn = 2 * Math.PI * rng();
  const h = 2 * rng() - 1;
  const r = Math.sqrt(1 - h * h);
  return normalize([normal[0] + r * Math.cos(turn), normal[1] + h, normal[2] + r * Math.sin(turn)]);
}

/** Distance at which a ray meets the lit side of a lamp. */
function meets(lamp, o, d) {
  const facing = dot(d, lamp.normal);
  if (facing >= 0) return Infinity;
  const t = dot(sub(lamp.centre, o), lamp.normal) / facing;
  if (t < 0.01) return Infinity;
  const at = sub(addScaled(o, d, t), lamp.centre);
  const inside =
    Math.abs(dot(at, lamp.u)) <= dot(lamp.u, lamp.u) && Math.abs(dot(at, lamp.v)) <= dot(lamp.v, lamp.v);
  return inside ? t : Infinity;
}

/** Light that falls from one random point of the lamp on a surface point. */
function direct(world, lamp, point, normal, rng) {
  const target = add(addScaled(lamp.centre, lamp.u, 2 * rng() - 1), scale(lamp.v, 2 * rng() - 1));
  const way = sub(target, point);
  const distance = length(way);
  const d = scale(way, 1 / distance);
  const cosine = dot(d, normal) * -dot(d, lamp.normal);
  if (dot(d, normal) <= 0 || dot(d, lamp.normal) >= 0) return null;
  if (march(world.field, point, d, distance) < distance - 0.02) return null;
  return scale(lamp.light, (cosine * lamp.area) / (Math.PI * distance * distance));
}

/**
 * A path tracer over a signed distance field: next-event estimation to the lamps, diffuse bases under
 * a dielectric clear coat (Schlick's Fresnel).
 * @param {World} world
 * @returns {(origin: number[], direction: number[], rng: () => number, onFirstHit: (normal: number[],
 *   albedo: number[]) => void) => number[]} linear radiance
 */
function tracer(world, { bounces = 2, brightest = 2.5 } = {}) {
  const lamps = world.lamps.map((lamp) => {
    const across = cross(lamp.u, lamp.v);
    return { ...lamp, normal: normalize(across), area: 4 * length(across) };
  });
  return (origin, direction, rng, onFirstHit) => {
    let o = origin;
    let d = direction;
    let through = [1, 1, 1];
    let sees = false;
    let dull = false;
    let sum = [0, 0, 0];
    for (let bounce = 0; bounce <= bounces; bounce++) {
      const t = march(world.field, o, d, world.far);
      const lit = sees ? lamps.find((lamp) => meets(lamp, o, d) < t) : undefined;
      if (lit) {
        sum = add(sum, mul(through, lit.light));
        break;
      }
      if (t === Infinity) {
        sum = add(sum, mul(through, world.background(d)));
        break;
      }
      const point = addScaled(o, d, t);
      const normal = normalAt(world.field, point);
      const { albedo, coat, rough } = world.surface(point, normal);
      if (bounce === 0) onFirstHit(normal, albedo);
      const start = addScaled(point, normal, 0.004);
      const fresnel = dull ? 0 : coat * (0.04 + 0.96 * (1 - Math.max(0, -dot(d, normal))) ** 5);
      // After a diffuse bounce the coat is left out: caustics would cost more rays than they add light.
      const chance = coat > 0 && !dull ? Math.max(fresnel, 0.12) : 0;
      if (rng() < chance) {
        through = scale(through, fresnel / chance);
        d = normalize(addScaled(reflect(d, normal), scatter(normal, rng), rough));
        sees = true;
      } else {
        through = mul(through, scale(albedo, (1 - fresnel) / (1 - chance)));
        for (const lamp of lamps) {
          const light = direct(world, lamp, start, normal, rng);
          if (light) sum = add(sum, mul(through, light));
        }
        d = scatter(normal, rng);
        sees = false;
        dull = true;
      }
      o = start;
    }
    return sum.map((v) => Math.min(v, brightest));
  };
}

/**
 * Traces a picture and takes the grain out of it; the first hits guide the denoiser.
 * @param {{width: number, height: number, samples: number}} size
 * @param {World} world
 * @param {(x: number, y: number, rng: () => number) => {origin: number[], direction: number[]}} lens
 */
export function photograph(size, world, lens, { tolerance = 0.16, ...options } = {}) {
  const { width, height, samples } = size;
  const trace = tracer(world, options);
  const normals = new Float32Array(width * height * 3);
  const albedos = new Float32Array(width * height * 3);
  const film = expose(size, (x, y, rng) => {
    const { origin, direction } = lens(x, y, rng);
    const column = Math.min(width - 1, Math.floor((x * height + width) / 2));
    const row = Math.min(height - 1, Math.floor(((1 - y) * height) / 2));
    const at = (row * width + column) * 3;
    return trace(origin, direction, rng, (normal, albedo) => {
      for (let c = 0; c < 3; c++) {
        normals[at + c] += normal[c] / (samples * samples);
        albedos[at + c] += albedo[c] / (samples * samples);
      }
    });
  });
  return denoise(film, { normals, albedos }, tolerance);
}
