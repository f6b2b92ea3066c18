import { formatBytes } from '../../../ui/format';
import type { Drawn } from '../../../views/picture/PictureCanvas';
import type { Signal } from '../../../views/signal';
import type { Pair } from '../experiment';
import type { Lane } from '../lane';
import { describeSampling } from '../sampling';

/** A picture on the stage: 0 is the original, 1 the first lane. */
export type Place = number;

/** What a picture at some place is made of. @param other the place that it is compared with, whose size an original has */
export function sourcesOf(lanes: readonly Lane[], pair: Pair): readonly Signal<unknown>[] {
  return pair.flatMap((place) => {
    const lane = laneOf(lanes, place, pair);
    return lane ? [lane.opened, lane.shown, lane.begun] : [];
  });
}

/** The picture at a place of a pair; null while there is none. An original is that of the lane beside it. */
export function pictureAt(lanes: readonly Lane[], place: Place, pair: Pair): Drawn | null {
  const lane = laneOf(lanes, place, pair);
  const begun = lane?.begun.get();
  const picture = begun ?? lane?.opened.get();
  if (!lane || !picture) return null;
  if (place === 0) {
    const { width, height, original, label } = picture;
    return original && { width, height, rgba: original, label: `Original: ${label}` };
  }
  const frame = begun?.frame ?? lane.shown.get();
  if (!frame) return null;
  const amount = frame.file
    ? `a file of ${formatBytes(frame.k)}`
    : `${frame.k} of ${picture.ids.length} tokens`;
  const drawn = frame.sampling ? `, ${describeSampling(frame.sampling)}` : '';
  return {
    width: frame.width,
    height: frame.height,
    rgba: frame.rgba,
    label: `Reconstruction: ${picture.label}, from ${amount}${drawn}`,
    k: frame.k,
  };
}

function laneOf(lanes: readonly Lane[], place: Place, pair: Pair): Lane | undefined {
  // The original as its neighbour's model sees it: models differ in size.
  const at = place === 0 ? Math.max(...pair, 1) : place;
  return lanes[at - 1];
}
