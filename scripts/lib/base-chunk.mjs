// @ts-check

/** @typedef {{ getModuleInfo(id: string): { importedIds: readonly string[] } | null }} ModuleGraph */

/** Icons are imported through one module that imports all of them: who uses which is for the bundler to find out. */
export const ICONS = /[\\/]lucide-react[\\/]/;

/**
 * Puts what the page begins with into one chunk, except what is its own: other pages begin with the same. In many small
 * chunks, as a bundler makes them for two pages, it would compress worse.
 * @param {{ page: string; others: readonly string[]; own: RegExp }} options the first modules of the page and of the
 * others, absolute; and which modules the others share only where they import them
 * @returns {(id: string, graph: ModuleGraph) => string | null} the name of a module's chunk; null for all others
 */
export function baseChunk({ page, others, own }) {
  /** @type {Set<string> | undefined} */
  let base;
  return (id, graph) => {
    base ??= new Set(
      [...staticImports(page, graph)].filter(
        (one) =>
          !ICONS.test(one) &&
          (!own.test(one) || others.every((other) => staticImports(other, graph).has(one))),
      ),
    );
    return base.has(id) ? 'base' : null;
  };
}

/** @param {string} entry @param {ModuleGraph} graph */
function staticImports(entry, graph) {
  const found = new Set([entry]);
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
