/** Pictures in a row, each for its time. */
export interface ClipFrames {
  readonly width: number;
  readonly height: number;
  /** Whole number: how often each pixel is repeated in both directions, or the factor of smooth enlargement. */
  readonly scale: number;
  /** Whether enlarging keeps the pixels as squares. */
  readonly squares: boolean;
  readonly frames: readonly {
    /** Opaque RGBA. */
    readonly rgba: Uint8ClampedArray<ArrayBuffer>;
    /** How long it is shown, in milliseconds. */
    readonly ms: number;
  }[];
}

export type ClipKind = 'gif' | 'video';

/** An encoded clip. */
export interface Clip {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/gif' | 'video/mp4' | 'video/webm';
}

/** The clip worker's methods. */
export type ClipApi = {
  /** Encodes a clip; null where this browser encodes no video. */
  encode: {
    args: { readonly kind: ClipKind; readonly clip: ClipFrames };
    result: Clip | null;
    /** 0 to 1. */
    progress: number;
  };
};
