import { readFile } from 'node:fs/promises';

/** Tests read the compiled vocabularies from the repository, as the page fetches them. */
export function readGenerated(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../../../generated/vocabularies/${name}.bin`, import.meta.url));
}
