import { per } from '../per';
import type { TextMeasure } from '../text-measures';

export const bytesPerToken: TextMeasure = {
  id: 'bytes-per-token',
  label: 'Bytes per token',
  short: 'bytes/token',
  unit: 'bytes',
  summary: 'UTF-8 bytes of the text for each token: the compression of the text.',
  better: 'higher',
  cost: 'cheap',
  place: 2,
  compute: (cut) => per(cut.bytes, cut.tokens.ids.length),
};
