import type { Segmentation } from '../../engine/text/text.api';
import { textMeasures } from '../../measures/text-measures';
import { formatInteger, formatSignificant } from '../../ui/format';

/** One figure over a column. */
export interface Figure {
  readonly id: string;
  readonly name: string;
  /** What it says, in a sentence. */
  readonly summary: string;
  /** As it is shown; undefined while there are no tokens to measure. */
  readonly value: string | undefined;
}

const SHOWN = textMeasures.filter(({ short }) => short !== undefined);

/** Every measure that a column shows, in the order of lists: the first one is the large one. */
export function figuresOf(segmentation: Segmentation | undefined): readonly Figure[] {
  return SHOWN.map(({ id, short, summary, isCount, compute }) => ({
    id,
    name: short!,
    summary,
    value: segmentation && shown(compute(segmentation), isCount),
  }));
}

/** One of them by the measure's id, as it is shown. */
export function figureOf(segmentation: Segmentation, id: string): string {
  return figuresOf(segmentation).find((figure) => figure.id === id)?.value ?? '–';
}

function shown(value: number | undefined, isCount = false): string {
  if (value === undefined) return '–';
  return isCount || value >= 1000 ? formatInteger(value) : formatSignificant(value);
}
