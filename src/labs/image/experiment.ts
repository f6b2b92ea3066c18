import type { CropSquare } from '../../core/image/crop';
import type { Steps } from '../../core/image/sampling';
import type { LinkedBy } from './lanes/position';

/** How the image lab shows original and reconstruction. */
export type ImageView = 'side' | 'wipe' | 'blink' | 'difference' | 'heat';

/** Two pictures that are compared in one place: 0 is the original, 1 the first lane, and so on. */
export type Pair = readonly [left: number, right: number];

/** Most lanes of an experiment. */
export const LANES_LIMIT = 16;

/** The part of one model or codec in an experiment. */
export interface LaneExperiment {
  /**
   * Manifest id of the model, or a checkpoint's or codec's id (see core/image/checkpoint-id.ts and codec-id.ts), which may
   * not be here.
   */
  readonly model: string;
  /** First 8 hex digits of the decoder's sha256: tells whether the tokens mean the same here. */
  readonly modelHash: string;
  /** Which row of the source's tokens it draws; absent where the experiment holds none that are its own. */
  readonly row?: number;
  /** How it draws where lanes that sample draw differently; absent for its model's default. */
  readonly steps?: Steps;
  /** Which noise it begins with, in the same case. */
  readonly seed?: number;
  /** Set where its tokens are those of a reconstruction, because the photograph was not there. */
  readonly secondHand?: true;
  /** A codec's file of a picture that travels as its tokens, where it is small enough to travel too. */
  readonly file?: Uint8Array<ArrayBuffer>;
  /** What its sender measured of a picture whose original does not travel, by `metricOfFigures`. */
  readonly figure?: number;
}

/** What the image lab shows, as a link holds it. */
export interface ImageExperiment {
  /** 1 to `LANES_LIMIT`; the first one is the lead, a model, whose tokens the slider shows. */
  readonly lanes: readonly LaneExperiment[];
  /** Names of checkpoints whose ids are content hashes, by id; absent where there are none. */
  readonly checkpointNames?: Readonly<Record<string, string>>;
  /** Prefix length shown, 1..K. */
  readonly k: number;
  readonly view: ImageView;
  /** Which two pictures a view in one place compares; absent for its default. */
  readonly pair?: Pair;
  /** Id of the chosen measure; absent for the first. */
  readonly metric?: string;
  /** What the lanes have in common; absent for the number of tokens, and for one lane. */
  readonly linked?: Exclude<LinkedBy, 'tokens'>;
  /** By which measure the lanes' figures are; absent where there are none. */
  readonly metricOfFigures?: string;
  /** How models that sample draw, all in the same way; absent for their defaults. */
  readonly steps?: Steps;
  /** Which noise they begin with; absent for 0. */
  readonly seed?: number;
  /** How strongly tokens decide what guided models draw; absent for each model's default. */
  readonly guidance?: number;
  /** Set where the lead's tokens, and those of lanes that share them, were edited: what is shown. The source has the picture's own. */
  readonly edited?: { readonly ids: Uint32Array; readonly bits: number };
  /** A bundled sample, or a picture that travels as its tokens; null where nothing is open. */
  readonly source:
    | {
        readonly kind: 'sample';
        readonly id: string;
        /** The square of it that is encoded; absent for its centre. */
        readonly crop?: CropSquare;
      }
    | {
        readonly kind: 'tokens';
        /** Models that make the same tokens share a row. */
        readonly rows: readonly { readonly ids: Uint32Array; readonly bits: number }[];
      }
    | null;
}
