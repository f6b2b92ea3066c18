import type { Drawn } from '../../../views/picture/PictureCanvas';
import { DIFFERENCE_GAIN, difference } from '../../../views/picture/paint';
import type { Pair } from '../experiment';
import type { Lane } from '../lane';
import { pictureAt } from './pictures';

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
