// @ts-check
import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** The most bytes that may be committed, by folder: weights, golden data and vocabularies that no package holds add up. */
const TRACKED_BUDGETS = { '': 60e6, 'public/models/': 40e6 };

/**
 * Names each folder over its budget, with its size and its largest files.
 * @param {string} root a git working tree
 * @param {Readonly<Record<string, number>>} budgets
 * @returns {string[]}
 */
export function findTrackedExcess(root, budgets = TRACKED_BUDGETS) {
  const output = execFileSync('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 2 ** 28 }).toString();
  const files = output
    .split('\0')
    .filter(Boolean)
    .map((path) => ({ path, bytes: sizeOf(join(root, path)) }));
  return Object.entries(budgets).flatMap(([folder, most]) => {
    const inside = files.filter(({ path }) => path.startsWith(folder)).sort((a, b) => b.bytes - a.bytes);
    const total = inside.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= most) return [];
    const largest = inside.slice(0, 5).map(({ path, bytes }) => `${path} (${megabytes(bytes)})`);
    return [
      `${folder || 'All tracked files'}: ${megabytes(total)} of ${megabytes(most)}. The largest: ${largest.join(', ')}.`,
    ];
  });
}

/** A file that is deleted and not committed yet takes nothing. @param {string} path */
function sizeOf(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
