import type { Highlights } from '../../tokenizers/train/highlights';
import type { TrainSettings } from '../../tokenizers/train/settings';
import type { CurvePoint, TrainStep } from '../../tokenizers/train/steps';

/** A part of a corpus: a text, or a file, which is read by slices. */
export interface TrainSource {
  readonly name: string;
  readonly text: string | Blob;
  /** Whether the file is gzipped. */
  readonly gzip?: boolean;
}

/** What a training says while it runs. */
export type TrainProgress =
  | {
      readonly stage: 'reading';
      /** Bytes so far, of all sources. */
      readonly read: number;
      readonly total: number;
    }
  | ({ readonly stage: 'training' } & TrainStep);

/** A trained tokenizer as a file. */
export interface TrainedFile {
  /** tokenizer.json, or lexicon.json. */
  readonly name: string;
  /** UTF-8. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly vocabulary: number;
  /** Tokens of the corpus. */
  readonly tokens: number;
  /** UTF-8 bytes of the corpus. */
  readonly bytes: number;
  readonly curve: readonly CurvePoint[];
  readonly highlights: Highlights;
}

/** Most bytes of a corpus, unpacked. */
export const CORPUS_LIMIT = 200_000_000;

/** The training worker's methods. */
export type TrainApi = {
  /** Reads the sources and trains. @throws TokenoscopeError `train-empty`, `file-unreadable`, `not-text`, `text-too-large`, `aborted` */
  train: {
    args: { readonly settings: TrainSettings; readonly sources: readonly TrainSource[] };
    result: TrainedFile;
    progress: TrainProgress;
  };
  /** Holds a training, or goes on with it. */
  pause: { args: { readonly paused: boolean }; result: null; progress: never };
};
