import { expect, it } from 'vitest';
import { baseChunk } from './lib/base-chunk.mjs';

const imports: Record<string, readonly string[]> = {
  '/src/app/main.tsx': ['/src/app/Shell.tsx', '/src/app/Mark.tsx', '/react.js'],
  '/src/app/Shell.tsx': ['/src/ui/Popover.tsx', '/node_modules/lucide-react/index.js'],
  '/node_modules/lucide-react/index.js': ['/node_modules/lucide-react/cat.js'],
  '/src/app/embed/main.tsx': ['/src/app/Mark.tsx', '/src/app/embed/Page.tsx', '/react.js'],
  '/src/labs/text/create.tsx': ['/react.js', '/src/labs/text/lab.ts'],
};

it('is what the page begins with, except its own modules and icons', () => {
  const nameOf = baseChunk({
    page: '/src/app/main.tsx',
    others: ['/src/app/embed/main.tsx'],
    own: /\/src\/app\//,
  });
  const graph = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) };
  const all = new Set(Object.entries(imports).flat(2));
  expect([...all].filter((id) => nameOf(id, graph) === 'base').sort()).toEqual([
    '/react.js',
    '/src/app/Mark.tsx',
    '/src/ui/Popover.tsx',
  ]);
});
