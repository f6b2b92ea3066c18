import type { Segmentation } from '../../engine/text/text.api';
import { type TextMeasure, textMeasures } from '../../measures/text-measures';
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
  return SHOWN.map((measure) => ({
    id: measure.id,
    name: measure.short!,
    summary: measure.summary,
    value: segmentation && shown(measure, segmentation),
  }));
}

/** One of them by the measure's id, as it is shown. */
export function figureOf(segmentation: Segmentation, id: string): string {
  const measure = SHOWN.find((each) => each.id === id);
  return measure ? shown(measure, segmentation) : '–';
}

function shown({ compute, isCount }: TextMeasure, segmentation: Segmentation): string {
  const value = compute(segmentation);
  if (value === undefined) return '–';
  return isCount || value >= 1000 ? formatInteger(value) : formatSignificant(value);
}
