import { expect, it } from 'vitest';
import { labChunk } from './lib/lab-chunk.mjs';

const imports: Record<string, readonly string[]> = {
  '/app/main.tsx': ['/labs/a/lab.ts', '/react.js'],
  '/labs/a/create.ts': ['/labs/a/store.ts', '/ui/Slider.tsx', '/ui/format.ts', '/react.js'],
  '/labs/a/store.ts': ['/core/hash.ts'],
  '/labs/a/Later.tsx': ['/labs/a/store.ts', '/labs/a/later.ts'],
  '/labs/b/create.ts': ['/ui/format.ts', '/react.js', '/node_modules/lucide-react/index.js'],
  '/labs/b/Later.tsx': ['/ui/Slider.tsx'],
};

const dynamic: Record<string, readonly string[]> = {
  '/app/main.tsx': ['/labs/a/create.ts', '/labs/b/create.ts'],
  '/labs/a/create.ts': ['/labs/a/Later.tsx'],
  '/labs/b/create.ts': ['/labs/b/Later.tsx'],
};

it('is what only one lab uses and begins with, and what all labs begin with', () => {
  const nameOf = labChunk({
    labs: { a: '/labs/a/create.ts', b: '/labs/b/create.ts' },
    pages: ['/app/main.tsx'],
  });
  const graph = {
    getModuleInfo: (id: string) => ({
      importedIds: imports[id] ?? [],
      dynamicallyImportedIds: dynamic[id] ?? [],
    }),
  };
  const all = [...new Set([imports, dynamic].flatMap((list) => Object.entries(list).flat(2)))].sort();
  expect(
    Object.fromEntries(all.flatMap((id) => (nameOf(id, graph) ? [[id, nameOf(id, graph)]] : []))),
  ).toEqual({
    '/core/hash.ts': 'a-lab',
    '/labs/a/store.ts': 'a-lab',
    '/react.js': 'labs', // of the base chunk, which comes first
    '/ui/format.ts': 'labs',
  });
});
