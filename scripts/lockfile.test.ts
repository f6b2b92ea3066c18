import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingOptional } from './lib/lockfile.mjs';
import { inRoot } from './lib/paths.mjs';

describe('package-lock.json', () => {
  const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));

  it('lists every optional dependency, or npm ci refuses it (mend it with: node scripts/lockfile.mjs)', () => {
    expect(missingOptional(lock).map(({ path }) => path)).toEqual([]);
  });

  it('names no registry, so that any registry will do', () => {
    expect(JSON.stringify(lock)).not.toMatch(/https?:\/\/[^"]*\.tgz/);
  });

  it('would notice a missing one', () => {
    const packages = {
      'node_modules/tool': { dev: true, optionalDependencies: { '@tool/cli-linux-arm64-musl': '^1.2.3' } },
    };
    expect(missingOptional({ packages })).toEqual([
      {
        path: 'node_modules/@tool/cli-linux-arm64-musl',
        entry: { version: '1.2.3', dev: true, optional: true, os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
      },
    ]);
  });
});
