import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What is imported statically, types aside. */
const STATIC = /^(?:import|export)\s(?!type\s)(?:[^'"`;]*?\sfrom\s)?\s*'([^']+)'/gm;

/** A module and all that comes with it, by path, and the packages that they import. */
function graphOf(entry: string): Map<string, string> {
  const found = new Map<string, string>();
  const waiting = [join(import.meta.dirname, entry)];
  for (const path of waiting) {
    if (found.has(path)) continue;
    const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
    found.set(path, source);
    for (const [, specifier = ''] of source.matchAll(STATIC)) {
      waiting.push(specifier.startsWith('.') ? `${join(dirname(path), specifier)}.ts` : specifier);
    }
  }
  return found;
}

it.each(['load.ts', 'bpe/compiled.ts', 'hugging-face/compiled.ts', '../engine/text/text.worker.ts'])(
  '%s brings neither the translator of expressions nor the readers of files with it',
  (entry) => {
    const graph = graphOf(entry);
    const paths = [...graph.keys()];
    expect(paths.length).toBeGreaterThan(5);
    expect(
      paths.filter((path) => /oniguruma|\/pattern-|json-reader|files\/tokenizer-file/.test(path)),
    ).toEqual([]);
    // An engine's first segmenter takes longer than all the rest.
    const segmenters = paths.filter((path) => /^\S.*new Intl\.Segmenter/m.test(graph.get(path)!));
    expect(segmenters).toEqual([]);
  },
);

it('the same search finds them where they are', () => {
  const paths = [...graphOf('files/tokenizer-file.ts').keys()];
  for (const name of ['oniguruma-to-es', 'json-reader.ts', 'pattern-rewrite.ts']) {
    expect(paths.some((path) => path.endsWith(name))).toBe(true);
  }
});
