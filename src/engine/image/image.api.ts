import type { CropSquare } from '../../core/image/crop';
import type { ModelDescription } from '../../core/image/manifest';
import type { Sampling } from '../../core/image/sampling';
import type { BackendReport } from '../host/backend';
import type { LoadProgress } from '../rpc/protocol';

/** A loaded and golden-checked model. */
export interface OpenedModel {
  readonly manifest: ModelDescription;
  readonly report: BackendReport;
  /** First 8 hex digits of the decoder's sha256, or of a checkpoint's commit or content; for permalinks. */
  readonly hash: string;
  readonly loadMs: number;
}

/** A remark for the user about a picture that opened. */
export interface PictureNote {
  readonly code: 'cut' | 'upscaled' | 'animated' | 'transparent' | 'cropped' | 'padded';
  readonly text: string;
}

/** A picture as the model sees it, and its tokens. */
export interface EncodedPicture {
  readonly ids: Uint32Array;
  /** Size of the file's picture (after EXIF rotation) before crop and resize. */
  readonly source: { readonly width: number; readonly height: number; readonly bytes: number };
  /** The model's input: opaque RGBA of manifest.image size. */
  readonly original: Uint8ClampedArray<ArrayBuffer>;
  readonly notes: readonly PictureNote[];
  readonly ms: number;
  /** The reconstruction that was asked for with it. */
  readonly first?: Frame | undefined;
}

/** A picture whose last tokens are still being computed. */
export interface BegunPicture {
  /** The reconstruction that was asked for with it, not measured yet. */
  readonly begun: Frame;
  /** As of `EncodedPicture`. */
  readonly original: Uint8ClampedArray<ArrayBuffer>;
}

/** A reconstruction from the first k tokens, or what a codec's file of k bytes shows. */
export interface Frame {
  readonly k: number;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** How it was drawn, where the model samples. */
  readonly sampling?: Sampling | undefined;
  /** Drawn before onnxruntime was there: within a level of the model's own picture, which should replace it. */
  readonly isDraft?: boolean | undefined;
  /** Drawn from the first half of a slow decoder, not measured and not kept: the model's own picture follows. */
  readonly isRough?: boolean | undefined;
  /** The file that it shows, where a codec made it. */
  readonly file?: FrameFile | undefined;
  /** By metric id, against the original; empty where there is none. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly ms: number;
}

/** A codec's file. */
export interface FrameFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes were asked for. */
  readonly asked: number;
  /** Whether the codec, at its lowest quality, makes no smaller file of this picture. */
  readonly isSmallest: boolean;
}

/** A sampler begins with step `step` of `of`, which count from 1. */
export interface StepProgress {
  readonly step: number;
  readonly of: number;
}

/**
 * Which model a call is about: its id, and the folder that bundled models are fetched from (an absolute URL ending
 * in /). Checkpoints come out of this browser's storage.
 */
export interface ModelRef {
  readonly model: string;
  readonly modelsUrl: string;
}

/** What a worker knows of an opened model; the page adds why this backend was chosen. */
export interface WorkerModel {
  readonly manifest: ModelDescription;
  readonly hash: string;
  readonly threads: number;
  readonly loadMs: number;
}

/**
 * The image workers' methods. Every method opens the model by itself where needed, so that a restarted worker
 * can go on. `backend-unavailable` tells the page to use the other worker.
 */
export type ImageApi = {
  /**
   * Loads a model (once) and checks it on its golden input; with `mayDraft`, a model that can draw without onnxruntime
   * leaves that for the first call that needs it.
   */
  open: {
    args: ModelRef & { readonly mayDraft?: boolean | undefined };
    result: WorkerModel;
    progress: LoadProgress;
  };
  /** Decodes a picture file or takes a bitmap, crops and resizes it, and runs the encoder. */
  encode: {
    args: ModelRef & {
      readonly picture: Blob | ImageBitmap;
      /** For messages; empty where the picture has no name. */
      readonly name: string;
      /** Size of the file. */
      readonly bytes: number;
      /** The size to report where it is not the bitmap's own (a rasterised SVG). */
      readonly size?: { readonly width: number; readonly height: number };
      /** The square to encode, in pixels of the picture as displayed; its centre where it is absent. */
      readonly crop?: CropSquare | undefined;
      /** Also draws from the first so many tokens, or from all where there are fewer: nobody has to ask for it then. */
      readonly show?: number | undefined;
    };
    result: EncodedPicture;
    progress: LoadProgress | BegunPicture;
  };
  /** Reconstructs from the first k of `ids` (0: what the model draws before any, where it draws that); measured where `original` (RGBA of model size) is given. */
  decode: {
    args: ModelRef & {
      readonly ids: Uint32Array;
      readonly k: number;
      readonly original?: Uint8ClampedArray | undefined;
      /** For models that sample. */
      readonly sampling?: Sampling | undefined;
      /** Whether a draft will do where the model itself is not there yet, or a rough picture where it is slow. */
      readonly mayDraft?: boolean | undefined;
    };
    result: Frame;
    progress: LoadProgress | StepProgress;
  };
  /**
   * Computes and stores, unless that is done already, a checkpoint's result for a fixed picture: WebGPU is
   * checked against WASM by it. The checkpoint is closed again. Resolves to whether anything was computed.
   */
  reference: { args: ModelRef; result: boolean; progress: LoadProgress };
  /** Multiply-accumulates a second here, measured on a small graph; for estimates. */
  pace: { args: object; result: number };
  /** Removes a model from memory; the next call that needs it opens it again. */
  close: { args: ModelRef; result: null };
};
