// @ts-check
// node scripts/pack-golden.mjs ID...: replaces golden.json of models in public/models by golden.pack, the same gzipped,
// and says so in their manifests. Pictures in base64 become less than half as large.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { inRoot } from './lib/paths.mjs';

/** The byte of a gzip header that names the operating system: 255 for none, so that every machine writes the same. */
const SYSTEM = 9;

for (const id of process.argv.slice(2)) {
  const at = (/** @type {string} */ name) => inRoot('public', 'models', id, name);
  const packed = gzipSync(readFileSync(at('golden.json')), { level: 9 });
  packed[SYSTEM] = 255;
  const sha256 = createHash('sha256').update(packed).digest('hex');
  const golden = JSON.stringify({ golden: { path: 'golden.pack', bytes: packed.length, sha256 } }, null, 2);
  // As text: Python writes numbers otherwise than JavaScript would.
  const manifest = readFileSync(at('manifest.json'), 'utf8');
  writeFileSync(at('golden.pack'), packed);
  writeFileSync(at('manifest.json'), manifest.replace(/"golden": \{[^}]*\}/, golden.slice(2, -2).trim()));
  rmSync(at('golden.json'));
}
