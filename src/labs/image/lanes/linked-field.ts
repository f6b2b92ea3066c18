import * as v from 'valibot';
import type { ReadField } from '../../../core/link/read-fields';
import type { ImageExperiment } from '../experiment';

const BY_LETTER = { b: 'bytes', q: 'quality' } as const;

/**
 * `l` in a link's head: what its lanes have in common. An absent one means tokens, as in links that were made before there
 * was a choice, although new comparisons begin with bytes.
 */
export function readLinked(read: ReadField, lanes: number): Pick<ImageExperiment, 'linked'> {
  if (lanes < 2) return {};
  const letter = read('l', v.nullable(v.picklist(['b', 'q'])), null, 'what its lanes have in common');
  return letter === null ? {} : { linked: BY_LETTER[letter] };
}

export function writeLinked({ lanes, linked }: ImageExperiment): Readonly<Record<string, string>> {
  return lanes.length < 2 || linked === undefined ? {} : { l: linked[0]! };
}
