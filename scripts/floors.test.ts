import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAllFloorFaults, findFloorFaults, floors } from './lib/floors.mjs';
import { inRoot } from './lib/paths.mjs';

const importing = (specifier: string) => `import { thing } from '${specifier}';\nthing();\n`;
const names = Object.keys(floors);

/** Floor by floor: what it may not import, so that no rule can be dropped unnoticed. */
const forbidden = names.flatMap((floor) =>
  names
    .filter((other) => other !== floor && !floors[floor]!.below.includes(other))
    .map((other) => [floor, other] as const),
);
const allowed = names.flatMap((floor) => floors[floor]!.below.map((other) => [floor, other] as const));
const packages = names.flatMap((floor) =>
  (floors[floor]!.packages ?? []).map((name) => [floor, name] as const),
);

describe('imports go down the floors only', () => {
  it.each(forbidden)('%s must not import %s', (floor, other) => {
    const faults = findFloorFaults(`src/${floor}/room/x.ts`, importing(`../../${other}/thing`));
    expect(faults).toEqual([expect.stringContaining(`imports ../../${other}/thing`)]);
  });

  it.each(allowed)('%s may import %s', (floor, other) => {
    expect(findFloorFaults(`src/${floor}/room/x.ts`, importing(`../../${other}/thing`))).toEqual([]);
  });

  it.each(packages)('%s must not import the package %s', (floor, name) => {
    for (const specifier of [name, `${name}/part`]) {
      expect(findFloorFaults(`src/${floor}/x.ts`, importing(specifier))).toHaveLength(1);
    }
    expect(findFloorFaults(`src/${floor}/x.ts`, importing(`${name}-like`))).toEqual([]);
  });

  it('keeps core below everything', () => {
    const above = names.filter((name) => name !== 'core');
    expect(forbidden.filter(([floor]) => floor === 'core').map(([, other]) => other)).toEqual(above);
    expect(forbidden.some(([floor]) => floor === 'app' || floor === 'labs')).toBe(true);
  });
});

describe('every way to import', () => {
  it.each([
    ["import '../engine/x';"],
    ["import type { X } from '../engine/x';"],
    ["import {\n  type X,\n  y,\n} from '../engine/x';"],
    ["export { x } from '../engine/x';"],
    ["const x = await import('../engine/x');"],
    ["new Worker(new URL('../engine/x.worker.ts', import.meta.url));"],
    ["const a = 1;\nimport { x } from '../engine/x';"],
  ])('%s', (source) => {
    expect(findFloorFaults('src/core/x.ts', source)).toHaveLength(1);
  });

  it('takes no comment or string for an import', () => {
    const source = "// what we import from elsewhere\nconst text = 'an import of goods from ../engine/x';\n";
    expect(findFloorFaults('src/core/x.ts', source)).toEqual([]);
  });
});

describe('rooms', () => {
  it.each([
    ['src/labs/image/x.ts', '../text/store'],
    ['src/labs/image/deep/x.ts', '../../text/store'],
    ['src/experiments/a/x.ts', '../b/paper'],
  ])('%s must not import %s', (path, specifier) => {
    expect(findFloorFaults(path, importing(specifier))).toHaveLength(1);
  });

  it.each([
    ['src/labs/image/x.ts', '../lab'],
    ['src/labs/image/deep/x.ts', '../store'],
    ['src/labs/image/x.ts', '../../core/text/utf8'],
    ['src/labs/registry.ts', './image/lab'],
    ['src/experiments/a/x.ts', '../experiment'],
  ])('%s may import %s', (path, specifier) => {
    expect(findFloorFaults(path, importing(specifier))).toEqual([]);
  });
});

describe('state at module level', () => {
  it.each([
    ['let current: string;'],
    ['export let current = 1;'],
    ['const cache = new Map<string, number>();'],
    ['const seen: Set<string> = new Set();'],
    ['export const useLab = create<LabState>(() => ({}));'],
    ['const shown = signal(null);'],
  ])('a lab must not hold `%s`', (source) => {
    expect(findFloorFaults('src/labs/image/x.ts', source)).toHaveLength(1);
    expect(findFloorFaults('src/labs/image/x.test.ts', source)).toEqual([]);
  });

  it('may hold constants, and variables inside functions', () => {
    const source = "const KINDS = new Set(['a']);\nconst LIMIT = 3;\nfunction f() {\n  let x = 1;\n}\n";
    expect(findFloorFaults('src/labs/image/x.ts', source)).toEqual([]);
  });
});

it('reads every TypeScript file, and knows every folder of src', () => {
  expect(
    readdirSync(inRoot('src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
  ).not.toEqual([]);
  const folder = mkdtempSync(join(tmpdir(), 'floors-'));
  try {
    for (const path of ['src/core/deep/er/x.ts', 'src/ui/x.tsx', 'src/attic/x.ts']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), importing('zustand'));
    }
    expect(findAllFloorFaults(folder)).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
