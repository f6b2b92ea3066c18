import type { PictureSample } from './picture-sample';

const files = import.meta.glob<PictureSample>('./pictures/*.ts', { eager: true, import: 'sample' });

/** Every sample picture, in the strip's order; the first one opens on the first visit. */
export const samples: readonly PictureSample[] = Object.values(files).sort(
  (a, b) => a.order - b.order || (a.id < b.id ? -1 : 1),
);
