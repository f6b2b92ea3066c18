import type { TrainedFile, TrainProgress } from '../../engine/train/train.api';
import type { CurvePoint } from '../../tokenizers/train/steps';
import type { Corpus, SkippedFile } from './corpus';
import type { Draft } from './draft';

/** What happened and what to do. */
export interface Problem {
  readonly message: string;
  readonly hint: string;
}

/** A training that runs. */
export interface Job {
  readonly draft: Draft;
  readonly corpusKey: string;
  readonly progress: TrainProgress | null;
  readonly points: readonly CurvePoint[];
  readonly isPaused: boolean;
}

/** A tokenizer that was trained here. */
export interface Result {
  /** Counts up. */
  readonly id: number;
  readonly name: string;
  readonly draft: Draft;
  readonly corpus: string;
  readonly corpusKey: string;
  readonly trained: Omit<TrainedFile, 'file'>;
  readonly file: Blob;
  /** Milliseconds, without pauses. */
  readonly ms: number;
  /** Whether this browser keeps it. */
  readonly isKept: boolean;
}

export interface TrainState {
  readonly draft: Draft;
  readonly corpus: Corpus;
  readonly skipped: readonly SkippedFile[];
  readonly job: Job | null;
  /** The newest first. */
  readonly results: readonly Result[];
  /** Whose figures are shown; null before the first one. */
  readonly shown: number | null;
  readonly problem: Problem | null;
  /** What was done with a result, in a sentence. */
  readonly said: string;
}
