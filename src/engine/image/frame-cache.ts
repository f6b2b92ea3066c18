import type { Frame } from './image.api';

/**
 * Reconstructions by key, least recently used out first once their pixels exceed the budget. Keys name all that
 * a frame depends on: model, ids, original, k, sampling and backend.
 */
export class FrameCache {
  readonly #budget: number;
  readonly #frames = new Map<string, Frame>(); // in order of use, oldest first
  #bytes = 0;

  /** @param budget bytes of pixels kept; one frame larger than that is not kept at all */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Bytes of pixels held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The frame, which counts as a use of it. */
  get(key: string): Frame | undefined {
    const frame = this.#frames.get(key);
    if (frame) {
      this.#frames.delete(key);
      this.#frames.set(key, frame);
    }
    return frame;
  }

  /** The frame, without counting that as a use of it. */
  peek(key: string): Frame | undefined {
    return this.#frames.get(key);
  }

  set(key: string, frame: Frame): void {
    this.#drop(key);
    if (frame.rgba.byteLength > this.#budget) return;
    this.#frames.set(key, frame);
    this.#bytes += frame.rgba.byteLength;
    for (const oldest of this.#frames.keys()) {
      if (this.#bytes <= this.#budget) break;
      this.#drop(oldest);
    }
  }

  /** Drops every frame whose key begins so. */
  forget(prefix: string): void {
    for (const key of [...this.#frames.keys()]) if (key.startsWith(prefix)) this.#drop(key);
  }

  #drop(key: string): void {
    const frame = this.#frames.get(key);
    if (!frame) return;
    this.#frames.delete(key);
    this.#bytes -= frame.rgba.byteLength;
  }
}
