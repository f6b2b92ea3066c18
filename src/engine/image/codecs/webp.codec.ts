import { browserCodec } from './browser';
import type { CodecFacts } from './codec';

export const facts: CodecFacts = {
  id: 'webp',
  label: 'WebP',
  note: 'Written by this browser.',
  licence: 'the browser’s own',
  bytes: 0,
  sizes: 'many',
  place: 2,
};

export const codec = browserCodec('image/webp', 'WebP');
