import { type DearTextMeasure, dearTextMeasures } from '../../../../measures/dear-text-measures';
import { type TextMeasure, textMeasures } from '../../../../measures/text-measures';
import { formatInteger, formatSignificant } from '../../../../ui/format';

export type AnyMeasure = TextMeasure | DearTextMeasure;

/** Every measure of a text, cheap ones first. */
export const allMeasures: readonly AnyMeasure[] = [...textMeasures, ...dearTextMeasures];

/** What a table needs to know of its rows. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly unit: string;
  /** Unit, and which direction is better, in words. */
  readonly words: string;
  readonly better: 'higher' | 'lower' | undefined;
  /** By tokenizer, in the order of columns; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
  /** What a full bar stands for; else the largest value. */
  readonly full?: number | undefined;
  readonly show: (value: number) => string;
}

/** Rows under a heading. */
export interface RowGroup {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** Shares are shown in percent. */
const isShare = ({ unit }: AnyMeasure) => unit.startsWith('of ');

/** A value with its unit where it needs one: `12.3 %`. */
export function shown(measure: AnyMeasure, value: number): string {
  if (isShare(measure)) return percent(value);
  return measure.isCount || value >= 1000 ? formatInteger(value) : formatSignificant(value);
}

/** A share in percent, to three digits at most: 0.1234 -> "12.3 %". */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 0.001 ? '<0.001' : formatSignificant(value)} %`;
}

/** As "% of words, lower is better". */
export function inWords(measure: AnyMeasure): string {
  const unit = isShare(measure) ? `% ${measure.unit}` : measure.unit;
  return measure.better ? `${unit}, ${measure.better} is better` : unit;
}

/** A measure as a row. @param values in the order of columns */
export function rowOf(measure: AnyMeasure, values: readonly (number | undefined)[]): Row {
  const { id, label, summary, unit, better, range } = measure;
  return {
    id,
    label,
    summary,
    unit,
    better,
    words: inWords(measure),
    values,
    full: isShare(measure) && id !== 'vocabulary-use' ? range?.[1] : undefined,
    show: (value) => shown(measure, value),
  };
}

/** The columns with the best value of a row; none where neither direction is better, or all are equal. */
export function bestOf(
  { better, values }: Row,
  isComparable: (column: number) => boolean,
): ReadonlySet<number> {
  const known = values.flatMap((value, i) => (value !== undefined && isComparable(i) ? [value] : []));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (!better || known.length < 2 || low === high) return new Set();
  const best = better === 'higher' ? high : low;
  return new Set(values.flatMap((value, i) => (value === best && isComparable(i) ? [i] : [])));
}

/** Columns in the order of a row's values, the better or the lower first; unknown ones last. */
export function columnOrder(row: Row | undefined, count: number, descending: boolean): readonly number[] {
  const columns = Array.from({ length: count }, (_, i) => i);
  if (!row) return columns;
  const direction = (row.better === 'higher' ? -1 : 1) * (descending ? -1 : 1);
  return columns.toSorted((a, b) => compare(row.values[a], row.values[b], direction));
}

/** Orders two values; unknown ones are last in either direction. */
export function compare(a: number | undefined, b: number | undefined, direction: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return direction * (a - b);
}

/** The measure that tells why a line costs more with one tokenizer than with another. */
export const WHY = 'fertility';

/**
 * Why a part of a text costs what it does, in a sentence: into how many tokens a word is cut at least and at most. Empty
 * where all do the same, or fewer than two are known.
 * @param perWord tokens per word, by tokenizer; @param labels of the tokenizers
 */
export function whySentence(perWord: readonly (number | undefined)[], labels: readonly string[]): string {
  const known = perWord.flatMap((value, i) => (value === undefined ? [] : [{ value, label: labels[i]! }]));
  const sorted = known.toSorted((a, b) => a.value - b.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return '';
  const [few, many] = [formatSignificant(least.value), formatSignificant(most.value)];
  return few === many ? '' : `A word takes ${few} tokens of ${least.label}, ${many} of ${most.label}.`;
}
