// @ts-check
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** An absolute path inside the repository. @param {...string} parts */
export function inRoot(...parts) {
  return join(root, ...parts);
}
