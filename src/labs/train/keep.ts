import { sha256 } from '../../engine/storage/sha256';
import { keepStored } from '../../engine/storage/tokenizer-store';
import type { Result } from './state';

/**
 * Keeps a result as a tokenizer file that was dropped is kept: the text lab lists it, and so does the Library.
 * @throws TokenoscopeError `storage-full`, `storage-refused`
 */
export async function keepResult({ name, trained, file }: Result): Promise<void> {
  const hash = await sha256(new Uint8Array(await file.arrayBuffer()));
  const record = {
    sha256: hash,
    name,
    kind: trained.name === 'lexicon.json' ? 'lexicon.json' : 'tokenizer.json',
    size: file.size,
    vocabularySize: trained.vocabulary,
    notes: [],
    added: Date.now(),
  } as const;
  await keepStored(record, [{ name: trained.name, content: file }]);
}
