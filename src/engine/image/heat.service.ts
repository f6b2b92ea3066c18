import { dropAlpha } from '../../core/image/convert';
import { imageMeasures } from '../../measures/image-measures';
import type { Handlers } from '../rpc/server';
import type { HeatApi } from './heat.api';

/** The handlers of the worker that finds where the errors are. */
export const heatHandlers: Handlers<HeatApi> = {
  async map({ measure, width, height, a, b }, { transfer }) {
    const entry = imageMeasures.find(({ id }) => id === measure);
    if (entry?.cost !== 'cheap' || !entry.map) return null;
    const [x, y] = [a, b].map((data) => dropAlpha({ width, height, data }));
    const values = entry.map.compute(x!, y!);
    transfer(values.buffer);
    return values;
  },
};
