import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TokenoscopeError } from '../core/errors';

/**
 * A compiled vocabulary from generated/vocabularies/ of the working folder (the repository's root), unpacked; as it is
 * where it is damaged, which its reader tells.
 * @throws TokenoscopeError `tokenizer-fetch` where it has not been built
 */
export async function readGeneratedVocabulary(name: string): Promise<Uint8Array> {
  const file = join(process.cwd(), 'generated', 'vocabularies', `${name}.bin`);
  let packed: Uint8Array;
  try {
    packed = await readFile(file);
  } catch (cause) {
    throw new TokenoscopeError(
      'tokenizer-fetch',
      `The vocabulary "${name}" has not been built.`,
      'Run "npm run vocabularies" in the repository.',
      { cause },
    );
  }
  try {
    return gunzipSync(packed);
  } catch {
    return packed;
  }
}
