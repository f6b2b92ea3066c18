import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { LIB_DEFAULTS } from '../../tokenizers/train/lib';
import { SIZES, type TrainKind, type TrainSettings, trainSettings } from '../../tokenizers/train/settings';

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

/** Tokens that a kind reserves by default. */
export function defaultSpecial(kind: TrainKind): readonly string[] {
  if (kind === 'lib') return [];
  const read = v.parse(trainSettings, { kind, vocabularySize: SIZES.least });
  return 'special' in read ? read.special : [];
}

/**
 * What the worker is told.
 * @throws TokenoscopeError `query-invalid` that names the field
 */
export function settingsOf(draft: Draft): TrainSettings {
  const { kind, size, transition, minFrequency, pattern, special, lowercase, lib, seed } = draft;
  const cut = Math.min(size, Math.max(SIZES.least, Math.round(size * transition)));
  // Empty lines are on their way to something.
  const wanted = special?.filter((token) => token !== '') ?? null;
  const needsSpecial = kind === 'unigram' || kind === 'wordpiece';
  const given = {
    kind,
    vocabularySize: size,
    minFrequency,
    lowercase,
    ...(pattern === null ? {} : { pattern }),
    ...(wanted === null || (wanted.length === 0 && needsSpecial) ? {} : { special: wanted }),
    ...(kind === 'superbpe' ? { transition: cut } : {}),
    ...(kind === 'lib' ? { ...lib, seed } : {}),
  };
  const read = v.safeParse(trainSettings, given);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new TokenoscopeError(
    'query-invalid',
    `A setting cannot be used (${v.getDotPath(issue) ?? 'settings'}): ${issue.message}`,
    'Correct it under “More”.',
  );
}

/** A size in few characters: 300, 8k, 1.5k. */
export function roundSize(size: number): string {
  return size < 1000 ? String(size) : `${Number((size / 1000).toFixed(1))}k`;
}
