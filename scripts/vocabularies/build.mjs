import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packageVersion, sources } from './sources.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const folder = join(root, 'generated', 'vocabularies');
const stampFile = join(folder, 'stamp.json');

/**
 * Compiles every vocabulary into generated/vocabularies/<name>.bin. Each is skipped when neither the compiler
 * nor its package has changed, so calling this before every build or test costs milliseconds.
 */
export async function buildVocabularies({ log = () => {} } = {}) {
  mkdirSync(folder, { recursive: true });
  const compiler = createHash('sha256');
  for (const file of ['format.mjs', 'sources.mjs']) compiler.update(readFileSync(join(here, file)));
  const compilerHash = compiler.digest('hex').slice(0, 16);
  const old = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  const stamp = {};
  let changed = false;
  for (const [name, source] of Object.entries(sources)) {
    const file = join(folder, `${name}.bin`);
    stamp[name] = `${source.package}@${packageVersion(source.package)} ${compilerHash}`;
    if (old[name] === stamp[name] && existsSync(file)) continue;
    const started = Date.now();
    const packed = await source.compile();
    // Written aside and renamed: a run beside this one never reads half a file.
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, packed);
    renameSync(aside, file);
    changed = true;
    log(`${name}: ${(packed.length / 1024).toFixed(0)} KiB in ${Date.now() - started} ms`);
  }
  if (changed) writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildVocabularies({ log: (line) => console.log(line) });
}
