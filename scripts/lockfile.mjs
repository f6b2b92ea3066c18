// @ts-check
// `node scripts/lockfile.mjs`, after adding a dependency: lists in package-lock.json what npm left out.
import './lib/require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { missingOptional } from './lib/lockfile.mjs';
import { inRoot } from './lib/paths.mjs';

const path = inRoot('package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingOptional(lock);
for (const { path: at, entry } of missing) lock.packages[at] = entry;
const [root, ...rest] = Object.entries(lock.packages);
rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(root ? [root, ...rest] : rest);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} optional packages added to package-lock.json.`);
