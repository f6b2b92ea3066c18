import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from './lib/paths.mjs';

/** A file, and what it imports. */
type Case = readonly [file: string, imported: string];

// Every floor against every floor above it, at the depths where files really lie.
const forbidden: readonly Case[] = [
  ['src/core/x.ts', 'react'],
  ['src/core/x.ts', 'react/jsx-runtime'],
  ['src/core/x.ts', 'react-dom/client'],
  ['src/core/x.ts', 'zustand'],
  ['src/core/x.ts', 'onnxruntime-web/wasm'],
  ['src/core/x.ts', 'onnxruntime-node'],
  ['src/core/x.ts', '../engine/rpc/client'],
  ['src/core/text/x.ts', '../../engine/text/load'],
  ['src/core/text/x.ts', '../../catalog/samples'],
  ['src/core/x.ts', '../ui/Button'],
  ['src/core/x.ts', '../features/share/ShareButton'],
  ['src/core/x.ts', '../app/store'],
  ['src/core/x.ts', '../cli/io'],
  ['src/engine/text/x.ts', 'react'],
  ['src/engine/text/x.ts', 'zustand'],
  ['src/engine/text/x.ts', '../../catalog/text-tokenizers'],
  ['src/engine/text/x.ts', '../../ui/Button'],
  ['src/engine/x.ts', '../features/text-lab/store'],
  ['src/engine/x.ts', '../app/store'],
  ['src/engine/x.ts', '../cli/main'],
  ['src/catalog/x.ts', 'react'],
  ['src/catalog/text/x.ts', '../../ui/palette'],
  ['src/catalog/x.ts', '../features/text-lab/store'],
  ['src/catalog/x.ts', '../app/store'],
  ['src/ui/x.tsx', '../catalog/samples'],
  ['src/ui/x.tsx', '../features/share/ShareButton'],
  ['src/ui/x.tsx', '../app/store'],
  ['src/features/text-lab/x.ts', '../../app/store'],
  ['src/features/text-lab/x.ts', '../../cli/main'],
  ['src/features/text-lab/x.ts', '../image-lab/store'],
  ['src/features/image-lab/views/x.tsx', '../../text-lab/store'],
  ['src/features/image-lab/x.ts', '../about/About'],
  ['src/features/settings/x.ts', '../share/ShareButton'],
  // Every feature that there is, so that a new one cannot be forgotten in biome.json.
  ...readdirSync(inRoot('src/features'))
    .filter((name) => name !== 'settings')
    .map((name): Case => ['src/features/some-lab/x.ts', `../${name}/store`]),
  ['src/cli/x.ts', '../features/text-lab/store'],
  ['src/cli/x.ts', '../ui/format'],
  ['src/cli/x.ts', '../app/known'],
];

const allowed: readonly Case[] = [
  ['src/core/text/x.ts', '../errors'],
  ['src/core/x.ts', 'valibot'],
  ['src/core/image/x.ts', './manifest'],
  ['src/engine/x.ts', '../core/errors'],
  ['src/engine/ort/x.ts', 'onnxruntime-web/wasm'],
  ['src/catalog/x.ts', '../engine/text/spec'],
  ['src/ui/x.tsx', '../core/text/tokens'],
  ['src/ui/x.tsx', 'react'],
  ['src/features/text-lab/x.ts', '../../ui/Button'],
  ['src/features/text-lab/x.ts', '../../catalog/samples'],
  ['src/features/text-lab/x.ts', '../settings/store'],
  ['src/features/image-lab/views/x.tsx', '../store'],
  ['src/app/x.ts', '../features/text-lab/store'],
  ['src/cli/x.ts', '../catalog/samples'],
];

/** `file <- imported` for every import that the linter refuses. */
let refused: Set<string>;
let folder: string;

beforeAll(() => {
  // One run of the linter over a tree of small files, under the project's own rules.
  folder = mkdtempSync(join(tmpdir(), 'floors-'));
  const config = JSON.parse(readFileSync(inRoot('biome.json'), 'utf8'));
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ ...config, $schema: undefined, vcs: undefined }),
  );
  const paths = [...forbidden, ...allowed].map(([file, imported], i) => {
    const path = join(folder, file.replace(/x\.(tsx?)$/, `x${i}.$1`));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `import { thing } from '${imported}';\nthing();\n`);
    return path;
  });
  const report = lint();
  refused = new Set(
    [...forbidden, ...allowed]
      .filter((_, i) => report.includes(paths[i]!.slice(folder.length + 1)))
      .map(([file, imported]) => `${file} <- ${imported}`),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The linter's report, whether it finds something or not. */
function lint(): string {
  const args = [
    'lint',
    '--only=style/noRestrictedImports',
    '--max-diagnostics=none',
    '--reporter=json',
    'src',
  ];
  try {
    return execFileSync(inRoot('node_modules/.bin/biome'), args, { cwd: folder, stdio: 'pipe' }).toString();
  } catch (error) {
    return (error as { stdout: Buffer }).stdout.toString();
  }
}

describe('imports go down the floors only', () => {
  it.each(forbidden)('%s must not import %s', (file, imported) => {
    expect(refused).toContain(`${file} <- ${imported}`);
  });

  it.each(allowed)('%s may import %s', (file, imported) => {
    expect(refused).not.toContain(`${file} <- ${imported}`);
  });
});
