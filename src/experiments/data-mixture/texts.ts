import { packedText } from '../../catalog/packed-text';

/** What is mixed, in the order of the shares; the visitor's text is the first. */
export const MIXED = [
  { id: 'yours', label: 'Your text' },
  { id: 'german', label: 'German (Grimm)' },
  { id: 'french', label: 'French (Verne)' },
  { id: 'code', label: 'Code (TypeScript)' },
] as const;

/** The texts that come with the experiment. */
export async function ownTexts(): Promise<readonly string[]> {
  return await Promise.all([
    packedText(() => import('./data/grimm.pack?url&inline')),
    packedText(() => import('./data/hatteras.pack?url&inline')),
    packedText(() => import('./data/code.pack?url&inline')),
  ]);
}
