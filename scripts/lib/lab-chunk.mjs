// @ts-check
import { ICONS } from './base-chunk.mjs';

/** @typedef {{ getModuleInfo(id: string): { importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] } | null }} ModuleGraph */

/**
 * Puts what a lab begins with into one chunk, and into another one what several labs begin with. A bundler would make a
 * small chunk of whatever a later part of a lab uses as well, and many small chunks compress worse. What anything but
 * labs' first parts may ask for before a lab is open stays where the bundler puts it.
 * @param {{ labs: Readonly<Record<string, string>>; pages: readonly string[] }} options each lab's first module by the
 * lab's id, and the first modules of the pages; all absolute
 * @returns {(id: string, graph: ModuleGraph) => string | null} the name of a module's chunk; null for all others
 */
export function labChunk({ labs, pages }) {
  /** @type {Map<string, string> | undefined} */
  let names;
  return (id, graph) => {
    names ??= namesOf(labs, pages, graph);
    return names.get(id) ?? null;
  };
}

/** @param {Readonly<Record<string, string>>} labs @param {readonly string[]} pages @param {ModuleGraph} graph */
function namesOf(labs, pages, graph) {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [lab, first] of Object.entries(labs)) {
    const others = reached(pages, graph, { dynamic: true, closed: first });
    for (const id of reached([first], graph)) {
      if (id === first || ICONS.test(id)) continue;
      if (!others.has(id)) names.set(id, `${lab}-lab`);
      else if (Object.values(labs).every((one) => reached([one], graph).has(id))) names.set(id, 'labs');
    }
  }
  return names;
}

/**
 * What modules import, and so on.
 * @param {readonly string[]} from @param {ModuleGraph} graph
 * @param {{ dynamic?: boolean; closed?: string }} options whether what is imported later counts, and a module that leads
 * nowhere
 */
function reached(from, graph, { dynamic = false, closed } = {}) {
  const found = new Set(from);
  for (const id of found) {
    const info = id === closed ? null : graph.getModuleInfo(id);
    for (const one of info?.importedIds ?? []) found.add(one);
    for (const one of (dynamic && info?.dynamicallyImportedIds) || []) found.add(one);
  }
  return found;
}
