// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { inRoot } from './paths.mjs';

/**
 * How a checkpoint of the tests is drawn: for each tensor the shape, the centre of its values and their spread.
 * With this seed, one of about sixty that were tried, no id is nearly tied, in full or in half precision.
 * @typedef {{ sha256: string; seed: string; tensors: Record<string, [number[], number, number]> }} Recipe
 */

const FOLDER = ['src', 'engine', 'families', 'fixtures'];

/**
 * Makes the large files of the tests' checkpoints where they are not there yet: unpacks `FILE.br`, and draws random
 * weights where `weights.json` says how (fixtures/make.py drew the same numbers for the official code).
 */
export function ensureFixtures() {
  for (const name of readdirSync(inRoot(...FOLDER))) {
    const folder = inRoot(...FOLDER, name);
    const recipe = join(folder, 'weights.json');
    if (existsSync(recipe)) ensureWeights(join(folder, 'model.safetensors'), readRecipe(recipe));
    for (const packed of packedIn(folder)) unpack(packed);
  }
}

/** Pictures that official code computed are kept in steps of this size: 4e-6 off at most, and a quarter shorter when packed. */
const STEP = 2 ** -17;

/** Packs what official code computed: `FILE.br` is what is committed, and `FILE` becomes what it unpacks to. */
export function packFixtures() {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  for (const name of readdirSync(inRoot(...FOLDER))) {
    const path = join(inRoot(...FOLDER, name), 'expected.safetensors');
    if (!existsSync(path)) continue;
    const file = inSteps(readFileSync(path));
    write(path, file);
    writeFileSync(`${path}.br`, brotliCompressSync(inPlanes(file), { params }));
  }
}

/**
 * A safetensors file with its reconstructions rounded; what tests put into a network stays as it is.
 * @param {Buffer} file
 */
function inSteps(file) {
  const start = 8 + Number(file.readBigUInt64LE());
  const rounded = Buffer.from(file);
  for (const [name, { dtype, data_offsets }] of Object.entries(JSON.parse(`${file.subarray(8, start)}`))) {
    if (dtype !== 'F32' || !name.includes('reconstruction')) continue;
    const [from, to] = data_offsets;
    for (let at = start + from; at < start + to; at += 4) {
      rounded.writeFloatLE(Math.round(file.readFloatLE(at) / STEP) * STEP, at);
    }
  }
  return rounded;
}

/**
 * First every fourth byte, then every fourth from the second on, and so on: of floats, bytes that are alike stand together.
 * @param {Buffer} file
 */
function inPlanes(file) {
  const count = file.length >> 2;
  const planes = Buffer.from(file);
  for (let i = 0; i < 4 * count; i++) planes[(i & 3) * count + (i >> 2)] = /** @type {number} */ (file[i]);
  return planes;
}

/** @param {Buffer} planes */
function outOfPlanes(planes) {
  const count = planes.length >> 2;
  const file = Buffer.from(planes);
  for (let i = 0; i < 4 * count; i++) file[i] = /** @type {number} */ (planes[(i & 3) * count + (i >> 2)]);
  return file;
}

/** @param {string} folder @returns {string[]} */
function packedIn(folder) {
  if (!statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.br'))
    .map((file) => join(folder, file));
}

/** @param {string} packed */
function unpack(packed) {
  const path = packed.slice(0, -3);
  const file = outOfPlanes(brotliDecompressSync(readFileSync(packed)));
  if (!existsSync(path) || !readFileSync(path).equals(file)) write(path, file);
}

/** @param {string} path @returns {Recipe} */
function readRecipe(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @param {string} path @param {Recipe} recipe */
function ensureWeights(path, recipe) {
  if (existsSync(path) && sha256(readFileSync(path)) === recipe.sha256) return;
  const file = drawCheckpoint(recipe);
  if (sha256(file) !== recipe.sha256) throw new Error(`${path} came out with the sha256 ${sha256(file)}.`);
  write(path, file);
}

/** Several test runs may start at the same time. @param {string} path @param {Buffer} file */
function write(path, file) {
  const part = `${path}.${process.pid}`;
  writeFileSync(part, file);
  renameSync(part, path);
}

/**
 * The file in safetensors' format.
 * @param {Pick<Recipe, 'seed' | 'tensors'>} recipe
 */
function drawCheckpoint({ seed, tensors }) {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(tensors).map(([name, [shape]]) => {
      const start = end;
      end += sizeOf(shape) * 4;
      return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
    }),
  );
  const json = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc((8 - (json.length % 8)) % 8, ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length + padding.length));
  const values = Object.entries(tensors).map(([name, how]) => Buffer.from(draw(seed + name, ...how).buffer));
  return Buffer.concat([length, json, padding, ...values]);
}

/**
 * mulberry32 (Tommy Ettinger), seeded by FNV-1a of a text; the upper 24 bits of each number.
 * @param {string} seeded
 * @param {number[]} shape
 * @param {number} centre
 * @param {number} spread
 */
function draw(seeded, shape, centre, spread) {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(seeded)) state = Math.imul(state ^ byte, 0x01000193);
  return Float32Array.from({ length: sizeOf(shape) }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    const unit = ((t ^ (t >>> 14)) >>> 8) / 2 ** 24;
    return centre + spread * (2 * unit - 1);
  });
}

/** @param {number[]} shape */
function sizeOf(shape) {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
