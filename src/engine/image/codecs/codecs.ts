import type { CodecFacts } from './codec';

// By name, so that the page loads nothing that encodes.
const facts = import.meta.glob<CodecFacts>('./*.codec.ts', { eager: true, import: 'facts' });

/** Every codec, in the order of lists. Adding a file is the only step to add one. */
export const codecs: readonly CodecFacts[] = Object.values(facts).sort((a, b) => a.place - b.place);
