import { browserCodec } from './browser';
import type { CodecFacts } from './codec';

export const facts: CodecFacts = {
  id: 'jpeg',
  label: 'JPEG',
  note: 'Written by this browser.',
  licence: 'the browser’s own',
  bytes: 0,
  sizes: 'many',
  place: 1,
};

export const codec = browserCodec('image/jpeg', 'JPEG');
