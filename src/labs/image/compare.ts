import type { ImageLab } from './image-lab';
import { canDraw } from './load';

/** The best comparison: the same tokens through a linear decoder and through a trained one. */
const COMPANIONS = ['ladder-128', 'karhunen-128'];

/**
 * Puts the most instructive model beside those on screen: one that can show the picture and is not there yet. Nothing where
 * all of them are.
 */
export function compare({ store, models, session, recent }: ImageLab): void {
  const { lanes, wanted, source } = store.getState();
  const ids = models.all().map(({ id }) => id);
  const shown = lanes.map(({ model }) => model);
  const others = [...COMPANIONS.filter((id) => ids.includes(id)), ...ids].filter((id) => !shown.includes(id));
  const picture = wanted ?? source;
  const able = others.find((id) => !picture || canDraw({ models, recent }, id, picture));
  const other = able ?? others[0];
  if (other !== undefined) session.addLane(other);
}
