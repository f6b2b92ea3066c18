// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';

/**
 * A fingerprint of files and folders by name, size and time of change: cheap, and errs only on the side of
 * building once too often. Missing paths count as missing; tests, their fixtures and caches do not count.
 * @param {readonly string[]} paths relative to the repository's root
 * @param {string} settings whatever else decides the result
 */
function fingerprint(paths, settings) {
  const hash = createHash('sha256').update(process.versions.node).update(settings);
  /** @param {string} path */
  const visit = (path) => {
    const full = inRoot(path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) {
      hash.update(`${path} missing\n`);
    } else if (stat.isDirectory()) {
      for (const name of readdirSync(full).sort()) {
        if (!/^(__pycache__|fixtures)$|\.test\.tsx?$/.test(name)) visit(join(path, name));
      }
    } else {
      hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    }
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/**
 * Runs `build` unless `output` exists and was made from the same inputs. One at a time across processes.
 * @param {{ name: string; output: string; inputs: readonly string[]; settings?: string; build: () => Promise<void> }} step
 * @returns {Promise<boolean>} whether it was built
 */
export async function ensureFresh({ name, output, inputs, settings = '', build }) {
  const stamp = inRoot('.cache/stamps', name);
  const isFresh = () =>
    existsSync(inRoot(output)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint(inputs, settings);
  if (isFresh()) return false;
  return await withLock(name, async () => {
    if (isFresh()) return false;
    rmSync(stamp, { force: true });
    // Taken before building: what changes meanwhile makes the result stale.
    const before = fingerprint(inputs, settings);
    await build();
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, before);
    return true;
  });
}

/**
 * Holds a lock file while `work` runs; waits for another live process that holds it.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withLock(name, work) {
  const path = inRoot('.cache/stamps', `${name}.lock`);
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) await new Promise((done) => setTimeout(done, 200));
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(existsSync(path) ? readFileSync(path, 'utf8') : 0);
    if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true });
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
