/** Two pictures of the same size, and by which measure to compare them. */
export interface HeatPair {
  readonly width: number;
  readonly height: number;
  /** Opaque RGBA. */
  readonly a: Uint8ClampedArray;
  readonly b: Uint8ClampedArray;
  /** Its id. */
  readonly measure: string;
}

/** The methods of the worker that finds where the errors are. */
export type HeatApi = {
  /** A value for each pixel, row by row; null for a measure without local values. */
  map: { args: HeatPair; result: Float32Array<ArrayBuffer> | null; progress: never };
};
