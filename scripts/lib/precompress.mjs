// @ts-check
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What compresses well. Weights (.onnx), pictures and fonts hardly do. */
const compressible = /\.(js|mjs|css|html|svg|json|txt|wasm|bin|map|webmanifest)$/;

/**
 * Writes `.br` and `.gz` beside every file of a built site that shrinks by them. Static servers, ours
 * included, send those to browsers that take them.
 * @param {string} folder
 */
export async function precompress(folder) {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => compressible.test(name) && !/(^|[\\/])\./.test(name));
  await Promise.all(files.map((name) => compressFile(join(folder, name))));
}

/** @param {string} path */
async function compressFile(path) {
  const data = await readFile(path);
  if (data.length < 512) return;
  // Quality 11 takes half a minute for the 14 MB of wasm; 9 takes a second or two and costs 5% of size.
  const quality = data.length > 500_000 ? 9 : 11;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
    }),
    promisify(gzip)(data, { level: 9 }),
  ]);
  if (br.length < data.length * 0.95) await writeFile(`${path}.br`, br);
  if (gz.length < data.length * 0.95) await writeFile(`${path}.gz`, gz);
}
