// @ts-check
import './lib/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { architectures } from './checkpoints/architectures.mjs';

const [name = '', folder, ...more] = process.argv.slice(2);
const architecture = Object.hasOwn(architectures, name) ? architectures[name] : undefined;
if (!architecture || folder === undefined || more.length > 0) {
  console.error(`Usage: npm run make-checkpoint -- ARCHITECTURE FOLDER

Writes config.json and model.safetensors of a published architecture with random weights, to try loading,
memory and speed without a download.
  ARCHITECTURE  ${Object.keys(architectures).join(', ')}
`);
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'config.json'), `${JSON.stringify(architecture.config(), null, 1)}\n`);
const shapes = Object.entries(architecture.shapes());
const sizeOf = (/** @type {number[]} */ dims) => dims.reduce((product, dim) => product * dim, 1);
let end = 0;
const header = Buffer.from(
  JSON.stringify(
    Object.fromEntries(
      shapes.map(([tensor, shape]) => {
        const start = end;
        end += sizeOf(shape) * 4;
        return [tensor, { dtype: 'F32', shape, data_offsets: [start, end] }];
      }),
    ),
  ),
);
const path = join(folder, 'model.safetensors');
const file = await open(path, 'w');
const length = Buffer.alloc(8);
length.writeBigUInt64LE(BigInt(header.length));
await file.write(length);
await file.write(header);
let seed = 1;
for (const [tensor, shape] of shapes) await file.write(new Uint8Array(values(tensor, shape).buffer));
await file.close();
console.log(`${path}: ${(end / 4e6).toFixed(1)} M parameters, ${(end / 1e6).toFixed(0)} MB`);

/**
 * Norms are one and biases zero; the rest is uniform with a variance of one over the inputs, so that nothing
 * grows from layer to layer.
 * @param {string} tensor
 * @param {number[]} shape
 */
function values(tensor, shape) {
  const numbers = new Float32Array(sizeOf(shape));
  if (shape.length === 1) return tensor.endsWith('bias') ? numbers : numbers.fill(1);
  const inputs = sizeOf(shape.slice(1));
  const scale = Math.sqrt(3 / inputs) / 2 ** 31;
  for (let i = 0; i < numbers.length; i++) {
    // Marsaglia's xorshift, 32 bits.
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    numbers[i] = seed * scale;
  }
  return numbers;
}
