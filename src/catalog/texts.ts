import type { SampleText } from './sample-text';

const files = import.meta.glob<SampleText>('./texts/*.ts', { eager: true, import: 'sample' });

/** Every sample text, in the chips' order; the first one stands in the lab on the first visit. */
export const sampleTexts: readonly SampleText[] = Object.values(files).sort(
  (a, b) => a.order - b.order || (a.id < b.id ? -1 : 1),
);
