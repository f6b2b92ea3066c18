import type { LatticeTrace } from '../../core/text/traces';
import type { AlignedText } from '../aligned-text';
import type { Steps } from '../files/steps';
import type { EmitToken } from '../models/model';
import type { TracedText } from '../traces';
import type { Growth } from './growth';
import type { MergeHistories } from './merge-histories';
import type { NamedMerges } from './played-merges';

/** The tokens of a text's distinct words, which are numbers from 0 on. */
export interface WordTokens {
  /** Passes on a word's tokens with the entries whose ranks are below `limit`. */
  write(word: number, limit: number, emit: EmitToken): void;
  /** How many those are. */
  count(word: number, limit: number): number;
}

/**
 * The distinct words of a text under one model, which cuts each of them on its own. A word is a piece of the
 * pre-tokenizer, or a part of one that no token crosses.
 */
export interface CutWords extends WordTokens {
  /** Where the word of a piece that begins at a point ends. */
  wordEnd(points: Uint32Array, from: number): number;
  /** Adds a word, which gets the next number. @returns the steps to do it; undefined where it is done */
  add(word: AlignedText): Steps<void> | undefined;
  /** How the words merge; absent where nothing merges. */
  readonly histories?: MergeHistories | undefined;
  /** The most likely segmentations of the piece with byte `at`, where the model tells likelihoods. */
  readonly nBest?: ((limit: number, text: TracedText, at: number, count: number) => LatticeTrace) | undefined;
}

/** How one model's vocabulary is cut. */
export interface ModelCut {
  readonly growth: Growth;
  readonly naming: NamedMerges;
  /** How many merges of the list a limit leaves; undefined where there is no list. */
  mergesAt(limit: number): number | undefined;
  /** Begins a text. */
  begin(): CutWords;
}
