import { TokenoscopeError } from '../../core/errors';
import { SIZES, SPECIAL } from '../../tokenizers/train/defaults';
import { LIB_DEFAULTS } from '../../tokenizers/train/lib';
import type { TrainKind, TrainSettings } from '../../tokenizers/train/settings';

/** What the controls say: the settings of all kinds, so that going from one to another loses nothing. */
export interface Draft {
  readonly kind: TrainKind;
  readonly size: number;
  /** SuperBPE: the share of the vocabulary from which on merges cross words. */
  readonly transition: number;
  readonly minFrequency: number;
  /** How texts are divided before merging; null for the default. */
  readonly pattern: string | null;
  /** Null for those that the kind has by default. */
  readonly special: readonly string[] | null;
  readonly lowercase: boolean;
  readonly lib: LibDraft;
  readonly seed: number;
}

/** Less-is-Better's own settings. */
export interface LibDraft {
  readonly steps: number;
  readonly sentences: number;
  readonly inRate: number;
  readonly outRate: number;
  readonly updateRate: number;
  readonly life: number;
  readonly longest: number;
}

/** Part of the link format: these never change. */
export const DEFAULT_DRAFT: Draft = {
  kind: 'bpe',
  size: 2000,
  transition: 0.8,
  minFrequency: 2,
  pattern: null,
  special: null,
  lowercase: true,
  lib: {
    steps: 500,
    sentences: 200,
    inRate: LIB_DEFAULTS.inRate,
    outRate: LIB_DEFAULTS.outRate,
    updateRate: LIB_DEFAULTS.updateRate,
    life: LIB_DEFAULTS.life,
    longest: 24,
  },
  seed: 0,
};

/** The kinds, each with one sentence. */
export const KINDS: readonly { readonly id: TrainKind; readonly name: string; readonly about: string }[] = [
  {
    id: 'bpe',
    name: 'BPE',
    about: 'Joins the two tokens that stand side by side most often, again and again; as in GPT and Llama.',
  },
  {
    id: 'superbpe',
    name: 'SuperBPE',
    about: 'Begins as BPE within words, then goes on across spaces: “of the” becomes one token.',
  },
  {
    id: 'unigram',
    name: 'Unigram',
    about: 'Begins with every frequent stretch and drops what the text needs least; as in T5.',
  },
  {
    id: 'wordpiece',
    name: 'WordPiece',
    about: 'Words and their continuations, marked ##; as in BERT.',
  },
  {
    id: 'lib',
    name: 'Less-is-Better',
    about: 'Reads on and on, keeps stretches that save tokens and forgets the rest; finds its own size.',
  },
];

export function nameOfKind(kind: TrainKind): string {
  return KINDS.find(({ id }) => id === kind)!.name;
}

/** Most special tokens, and most characters of one, as the trainers take them. */
const MOST_SPECIAL = 64;

/**
 * What the worker is told.
 * @throws TokenoscopeError `query-invalid` that names the field
 */
export function settingsOf(draft: Draft): TrainSettings {
  const { kind, size: vocabularySize, transition, minFrequency, pattern, lowercase, lib, seed } = draft;
  const special = specialOf(draft);
  const merges = { vocabularySize, minFrequency, special, ...(pattern === null ? {} : { pattern }) };
  switch (kind) {
    case 'bpe':
      return { kind, ...merges };
    case 'superbpe': {
      const cut = Math.max(SIZES.least, Math.round(vocabularySize * transition));
      return { kind, ...merges, transition: Math.min(vocabularySize, cut) };
    }
    case 'unigram':
      return { kind, vocabularySize, special };
    case 'wordpiece':
      return { kind, vocabularySize, minFrequency, lowercase, special };
    case 'lib':
      return { kind, ...lib, seed };
  }
}

function specialOf({ kind, special }: Draft): string[] {
  // Empty lines are on their way to something.
  const wanted = special?.filter((token) => token !== '');
  const usual = SPECIAL[kind];
  if (!wanted || (wanted.length === 0 && (kind === 'unigram' || kind === 'wordpiece'))) return [...usual];
  if (wanted.length > MOST_SPECIAL || wanted.some((token) => token.length > MOST_SPECIAL)) {
    throw new TokenoscopeError(
      'query-invalid',
      `There may be ${MOST_SPECIAL} special tokens of at most ${MOST_SPECIAL} characters each.`,
      'Correct them under “More”.',
    );
  }
  return wanted;
}

/** A size in few characters: 300, 8k, 1.5k. */
export function roundSize(size: number): string {
  return size < 1000 ? String(size) : `${Number((size / 1000).toFixed(1))}k`;
}
