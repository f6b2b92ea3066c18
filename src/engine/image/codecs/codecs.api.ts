import type { CodecPicture } from './codec';

/** A file of a picture, decoded and measured. */
export interface CodecFrame {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly isSmallest: boolean;
  /** By metric id, against the picture; empty where there is none. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly ms: number;
}

/** The methods of the codecs' worker; `codec` is a codec's name. */
export type CodecsApi = {
  /** Loads a codec, once. */
  open: { args: { readonly codec: string }; result: null };
  /** The file whose size is nearest to `target` bytes. */
  encode: {
    args: { readonly codec: string; readonly picture: CodecPicture; readonly target: number };
    result: CodecFrame;
  };
  /** A file that came from elsewhere, which must be a picture of that size. */
  decode: {
    args: {
      readonly codec: string;
      readonly file: Uint8Array<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
    };
    result: CodecFrame;
  };
};
