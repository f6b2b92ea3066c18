import { packedText } from '../catalog/packed-text';
import type { ExperimentSample } from './experiment';

/** Lewis Carroll's book (1865), 143 kB: enough for a tokenizer to learn from. Its terms are in src/catalog/corpora/README.md. */
export const alice: ExperimentSample = {
  id: 'alice',
  label: 'Alice in Wonderland',
  load: () => packedText(() => import('../catalog/corpora/alice.pack?url&inline')),
};
