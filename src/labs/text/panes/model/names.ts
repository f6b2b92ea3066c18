import type { BundledLanguageModel } from '../../../../catalog/language-models';
import { formatSignificant } from '../../../../ui/format';

/** A model in a list: "Bytes, 3.07 M", "Draft, 0.301 M, 15 % of its training". */
export function modelName({ label, parameters, training }: BundledLanguageModel): string {
  const name = label.replace(/ \(\w+\)$/, '');
  const size = `${formatSignificant(parameters / 1e6)} M`;
  return training.progress < 1
    ? `${name}, ${size}, after ${Math.round(100 * training.progress)} % of training`
    : `${name}, ${size}`;
}

/** What a moment of training is called beside the others of its run: "2 %", "all". */
export function momentName({ training }: BundledLanguageModel): string {
  return training.progress < 1 ? `${Math.round(100 * training.progress)} %` : 'all';
}

const HELD_OUT: Readonly<Record<string, string>> = {
  books: 'English book',
  novels: 'English novels',
  stories: 'Children’s stories',
  german: 'German',
  french: 'French',
  spanish: 'Spanish',
  finnish: 'Finnish',
  turkish: 'Turkish',
  russian: 'Russian',
};

/** A held-out text's name. */
export function heldOutName(id: string): string {
  return HELD_OUT[id] ?? id;
}

/** "1st", "2nd", "13th": how likely a token was among all. @param rank from 0 */
export function ordinal(rank: number): string {
  const place = rank + 1;
  const tens = place % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}

/** A probability in per cent: "73 %", "0.4 %", "< 0.01 %". */
export function percent(probability: number): string {
  const share = 100 * probability;
  if (share > 0 && share < 0.01) return '< 0.01 %';
  return `${share >= 10 ? Math.round(share) : share >= 1 ? share.toFixed(1) : share.toFixed(2)} %`;
}
