import type { CutCurve, CutState } from '../../../../core/text/vocabulary-cut';
import { formatInteger } from '../../../../ui/format';

/** What a cut leaves of a vocabulary, and what that makes of the text. @param asked the size on the slider */
export function stateSentence(label: string, cut: CutState, asked: number, tokens: number): string {
  const { by, size, smallest, largest, merges } = cut;
  const count = `${formatInteger(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
  const limits =
    asked > largest
      ? ` ${label} has no more entries.`
      : asked < smallest
        ? ` ${label} cannot have fewer: these are its single ${by === 'merges' ? 'bytes or characters' : 'characters'} and special tokens.`
        : '';
  if (size >= largest) return `All ${formatInteger(largest)} entries of ${label}: ${count}.${limits}`;
  const base = `${formatInteger(smallest)} that always stay`;
  const learned = size - smallest;
  if (learned <= 0)
    return `The ${formatInteger(smallest)} entries of ${label} that always stay: ${count}.${limits}`;
  const rest = {
    merges:
      merges === 1
        ? 'what the first merge makes'
        : `what the first ${formatInteger(merges ?? learned)} merges make`,
    scores: `the ${formatInteger(learned)} of best score`,
    order: `the first ${formatInteger(learned)} of the others`,
  }[by];
  return `${formatInteger(size)} entries of ${label}, ${base} and ${rest}: ${count}.${limits}`;
}

/** Why a vocabulary cannot be cut. @param kind of the catalogue's tokenizers; undefined for files */
export function whyNotCut(kind: string | undefined): string {
  switch (kind) {
    case 'utf8-bytes':
      return 'Every byte is a token: there is nothing to cut.';
    case 'characters':
      return 'Every character is a token: there is nothing to cut.';
    case 'words':
      return 'Its words come from the text: there is no vocabulary to cut.';
    default:
      return 'Its vocabulary cannot be cut: words are only looked up, or merges are taken apart again.';
  }
}

/** What every cut of a vocabulary keeps. */
export function whatStays(by: CutState['by']): string {
  return {
    merges: 'Single bytes and characters, special tokens and what no merge makes are in every cut.',
    scores: 'Single characters, byte tokens and special tokens are in every cut, whatever their scores.',
    order: 'Single characters, within and at the beginning of words, and special tokens are in every cut.',
  }[by];
}

/** The figures of a curve below its count: what the vocabulary has at most, and at least where that is more than asked for. */
export function legendFigures(size: number, { smallest, largest, counts }: CutCurve): string {
  const all = `${formatInteger(largest)} entries`;
  if (size >= largest) return `with all ${all}`;
  const rest = `${formatInteger(counts.at(-1)!)} with all ${all}`;
  return size < smallest ? `with ${formatInteger(smallest)} entries, its fewest; ${rest}` : rest;
}

/** Why a vocabulary has fewer entries here than the measures say; empty where it has as many. @param ids of the tokenizer */
export function idsWithoutToken(ids: number, entries: number): string {
  return ids > entries
    ? `Entries are tokens, special ones too; ${formatInteger(ids - entries)} of the ${formatInteger(ids)} ids stand for none.`
    : '';
}
