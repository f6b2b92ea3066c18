// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

/** A relative address in an import, an export or an import type. */
const SPECIFIER = /(\bfrom\s*|\bimport\(\s*)(['"])(\.[^'"]+)\2/g;

/**
 * Copies the declarations that entries need, as Node's resolution wants them: addresses end in `.js`. What a compiler
 * emits beside them describes code that no entry names.
 * @param {string} from the folder that tsc wrote
 * @param {string} to
 * @param {readonly string[]} entries below `from`, as `package/text.d.ts`
 * @returns {number} how many files were copied
 */
export function copyDeclarations(from, to, entries) {
  const needed = new Set(entries);
  for (const path of needed) {
    const source = readFileSync(join(from, path), 'utf8');
    const target = source.replace(SPECIFIER, (_, before, quote, specifier) => {
      const name = posix.join(posix.dirname(path), specifier);
      if (!existsSync(join(from, `${name}.d.ts`)))
        throw new Error(`${path} needs ${specifier}, which is not there.`);
      needed.add(`${name}.d.ts`);
      const address = posix.join(
        relative(posix.dirname(path), posix.dirname(name)),
        `${posix.basename(name)}.js`,
      );
      return `${before}${quote}${address.startsWith('.') ? address : `./${address}`}${quote}`;
    });
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), target);
  }
  return needed.size;
}
