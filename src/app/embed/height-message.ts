/**
 * What embed.html tells the page that frames it, by `postMessage` to any origin, whenever its content gets higher or
 * lower. It holds no more than that; docs/hosting.md describes it, and it does not change.
 */
export interface HeightMessage {
  readonly type: typeof HEIGHT_MESSAGE;
  /** CSS pixels, a whole number above 0. */
  readonly height: number;
}

export const HEIGHT_MESSAGE = 'tokenoscope:height';

/** What a frame may grow to: a message that says more is not believed. CSS pixels. */
export const MOST_HEIGHT = 10_000;
