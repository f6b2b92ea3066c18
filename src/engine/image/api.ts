import type { ModelManifest } from '../../core/image/manifest';
import type { LoadProgress } from '../rpc/protocol';

/** Where sessions run. */
export type Backend = 'webgpu' | 'wasm';

/** What the user asked for. */
export type BackendChoice = 'auto' | Backend;

/** Where a model really runs, and why. Shown by the backend badge. */
export interface BackendReport {
  readonly backend: Backend;
  /** WASM threads; 1 without cross-origin isolation. */
  readonly threads: number;
  /** Plain words: "WebGPU (adapter name)", "WASM, because this browser has no WebGPU", ... */
  readonly reason: string;
}

/** A loaded and golden-checked model. */
export interface OpenedModel {
  readonly manifest: ModelManifest;
  readonly report: BackendReport;
  /** First 8 hex digits of the decoder's sha256, for permalinks. */
  readonly hash: string;
  readonly loadMs: number;
}

/** Something the user should know about the picture, though it opened. */
export interface PictureNote {
  readonly code: 'upscaled' | 'animated' | 'transparent' | 'cropped';
  readonly text: string;
}

/** A picture as the model sees it, and its tokens. */
export interface EncodedPicture {
  /** Handle of the reference kept in the worker for PSNR and SSIM; valid until the worker restarts. */
  readonly reference: string;
  readonly ids: Uint32Array;
  /** Size of the file's picture before crop and resize. */
  readonly source: { readonly width: number; readonly height: number; readonly bytes: number };
  /** The model's input: RGBA of manifest.image size. */
  readonly original: Uint8ClampedArray<ArrayBuffer>;
  readonly notes: readonly PictureNote[];
  readonly ms: number;
}

/** A reconstruction from the first k tokens. */
export interface Frame {
  readonly k: number;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** By metric id, against the reference; absent where there is no original. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly ms: number;
}

/** The image worker's methods. */
export type ImageApi = {
  /** Loads a model (once), checks it on its golden input, falls back to WASM where WebGPU fails. */
  open: { args: { model: string }; result: OpenedModel; progress: LoadProgress };
  /** Decodes a picture file or takes a bitmap, crops and resizes it, and runs the encoder. */
  encode: { args: { model: string; picture: Blob | ImageBitmap; bytes: number }; result: EncodedPicture };
  /** Reconstructs from the first k of `ids`; measured where `original` (RGBA of model size) is given. */
  decode: {
    args: { model: string; ids: Uint32Array; k: number; original?: Uint8ClampedArray };
    result: Frame;
  };
};
