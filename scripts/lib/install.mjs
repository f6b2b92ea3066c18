// @ts-check
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { fail, run } from './run.mjs';

/** @typedef {{ packages: Record<string, { version?: string; optional?: boolean; link?: boolean }> }} Lock */

/**
 * Installs the dependencies where node_modules does not hold what package-lock.json says; needs no network
 * otherwise. npm's own record of what it installed (node_modules/.package-lock.json) is the stamp, compared
 * by content, because a checkout changes times without changing packages.
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  if (lstatSync(inRoot('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci empties the folder first: behind a link that would be another checkout's.
    fail(
      'node_modules is a link to packages of other versions. Remove the link, then run the same command again.',
    );
  }
  console.error('Installing dependencies (npm ci) ...');
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    toStderr: true,
  });
  if (code !== 0) {
    fail(
      'Installing the dependencies failed. Check the network (npm registry), then run the same command again.',
    );
  }
}

function isInstalled() {
  const installed = readLock('node_modules/.package-lock.json');
  const wanted = readLock('package-lock.json');
  if (!wanted) fail('package-lock.json is missing or unreadable: restore it with git, then try again.');
  if (!installed) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed.packages[path];
    // Optional packages of other platforms are never installed.
    return there ? there.version === entry.version : entry.optional === true;
  });
}

/** @param {string} path @returns {Lock | undefined} */
function readLock(path) {
  if (!existsSync(inRoot(path))) return undefined;
  try {
    return JSON.parse(readFileSync(inRoot(path), 'utf8'));
  } catch {
    return undefined;
  }
}
