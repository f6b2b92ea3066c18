import * as v from 'valibot';
import type { ReadField } from '../../core/link/read-fields';
import { imageFacts } from '../../measures/image-facts';
import type { ImageExperiment } from './experiment';

type Comparing = Pick<ImageExperiment, 'pair' | 'metric'>;

/** Which pictures a link compares (`w`, where 0 is the original), and by which measure (`y`). @param lanes their number */
export function readComparing(read: ReadField, lanes: number): Comparing {
  const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(lanes));
  const pair = read('w', v.nullable(v.tuple([place, place])), null, 'which pictures to compare');
  const ids = v.nullable(v.picklist(imageFacts.map(({ id }) => id)));
  const metric = read('y', ids, null, 'which measure to show');
  return { ...(pair ? { pair } : {}), ...(metric === null ? {} : { metric }) };
}

/** The inverse. */
export function writeComparing({ pair, metric }: Comparing): Record<string, unknown> {
  return { ...(pair ? { w: pair } : {}), ...(metric === undefined ? {} : { y: metric }) };
}
