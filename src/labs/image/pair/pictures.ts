import { formatBytes } from '../../../ui/format';
import type { Drawn } from '../../../views/picture/PictureCanvas';
import { DIFFERENCE_GAIN, difference } from '../../../views/picture/paint';
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
    return lane ? [lane.opened, lane.shown] : [];
  });
}

/** The picture at a place of a pair; null while there is none. An original is that of the lane beside it. */
export function pictureAt(lanes: readonly Lane[], place: Place, pair: Pair): Drawn | null {
  const lane = laneOf(lanes, place, pair);
  const picture = lane?.opened.get();
  if (!lane || !picture) return null;
  if (place === 0) {
    const { width, height, original, label } = picture;
    return original && { width, height, rgba: original, label: `Original: ${label}` };
  }
  const frame = lane.shown.get();
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

/** Both pictures of a pair; null while one is missing or they differ in size. */
export function bothOf(lanes: readonly Lane[], pair: Pair): readonly [Drawn, Drawn] | null {
  const left = pictureAt(lanes, pair[0], pair);
  const right = pictureAt(lanes, pair[1], pair);
  if (!left || !right || left.width !== right.width || left.height !== right.height) return null;
  return [left, right];
}

/** Whether both pictures are there, but of sizes that cannot be subtracted. */
export function sizesDiffer(lanes: readonly Lane[], pair: Pair): readonly [string, string] | null {
  const [left, right] = pair.map((place) => pictureAt(lanes, place, pair));
  if (!left || !right || (left.width === right.width && left.height === right.height)) return null;
  return [`${left.width} × ${left.height}`, `${right.width} × ${right.height}`];
}

/** How two pictures differ, brightened. */
export function differenceOf(lanes: readonly Lane[], pair: Pair): Drawn | null {
  const both = bothOf(lanes, pair);
  if (!both) return null;
  const [left, right] = both;
  const what = pair[0] === 0 ? 'the original' : 'each other';
  return {
    ...right,
    rgba: difference(left.rgba, right.rgba),
    label: `Difference from ${what}, times ${DIFFERENCE_GAIN}: ${right.label}`,
  };
}

function laneOf(lanes: readonly Lane[], place: Place, pair: Pair): Lane | undefined {
  // The original as its neighbour's model sees it: models differ in size.
  const at = place === 0 ? Math.max(...pair, 1) : place;
  return lanes[at - 1];
}
