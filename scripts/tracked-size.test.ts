import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inRoot } from './lib/paths.mjs';
import { findTrackedExcess } from './lib/tracked-size.mjs';

it.skipIf(!existsSync(inRoot('.git')))('what is committed stays within its budgets', () => {
  expect(findTrackedExcess(inRoot())).toEqual([]);
});

it('a folder beyond its budget is named with what is largest, and untracked files do not count', () => {
  const root = mkdtempSync(join(tmpdir(), 'tracked-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '--quiet');
  mkdirSync(join(root, 'models'));
  writeFileSync(join(root, 'models', 'weights.bin'), new Uint8Array(2_000_000));
  writeFileSync(join(root, 'readme'), 'short');
  writeFileSync(join(root, 'scratch'), new Uint8Array(5_000_000));
  git('add', 'models', 'readme');
  const budgets = { '': 3e6, 'models/': 1e6 };
  expect(findTrackedExcess(root, budgets)).toEqual([
    'models/: 2.0 MB of 1.0 MB. The largest: models/weights.bin (2.0 MB).',
  ]);
  git('rm', '--quiet', '--cached', '-r', 'models');
  expect(findTrackedExcess(root, budgets)).toEqual([]);
  rmSync(root, { recursive: true });
});
