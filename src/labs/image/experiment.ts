import type { Steps } from '../../core/image/sampling';

/** How the image lab shows original and reconstruction. */
export type ImageView = 'side' | 'wipe' | 'difference';

/** Most lanes of an experiment. */
export const LANES_LIMIT = 8;

/** One model's part in an experiment. */
export interface LaneExperiment {
  /** Manifest id of the model, or a checkpoint's id (see core/image/checkpoint-id.ts), which may not be here. */
  readonly model: string;
  /** First 8 hex digits of the decoder's sha256: tells whether the tokens mean the same here. */
  readonly modelHash: string;
  /** Which row of the source's tokens it draws; absent where the experiment holds none that are its own. */
  readonly row?: number;
}

/** What the image lab shows, as a link holds it. */
export interface ImageExperiment {
  /** 1 to `LANES_LIMIT`; the first one is the lead, whose tokens the slider shows. */
  readonly lanes: readonly LaneExperiment[];
  /** Names of checkpoints whose ids are content hashes, by id; absent where there are none. */
  readonly checkpointNames?: Readonly<Record<string, string>>;
  /** Prefix length shown, 1..K. */
  readonly k: number;
  readonly view: ImageView;
  /** How models that sample draw; absent for their defaults. */
  readonly steps?: Steps;
  /** Which noise they begin with; absent for 0. */
  readonly seed?: number;
  /** Set where the lead's tokens, and those of lanes that share them, were edited: what is shown. The source has the picture's own. */
  readonly edited?: { readonly ids: Uint32Array; readonly bits: number };
  /** A bundled sample, or a picture that travels as its tokens; null where nothing is open. */
  readonly source:
    | { readonly kind: 'sample'; readonly id: string }
    | {
        readonly kind: 'tokens';
        /** Models that make the same tokens share a row. */
        readonly rows: readonly { readonly ids: Uint32Array; readonly bits: number }[];
      }
    | null;
}
