import type { Frame } from './image.api';

/**
 * Reconstructions by key, least recently used out first once their pixels exceed the budget. Keys name all that
 * a frame depends on: model, ids, original, k, sampling and backend.
 */
export class FrameCache {
  readonly #budget: number;
  readonly #past: number;
  /** How the keys begin of what is played now. */
  readonly #playing = new Set<() => string>();
  /** The last draft (`Frame.isDraft`), until the frame itself is there. */
  #draft: { readonly key: string; readonly frame: Frame } | undefined;
  readonly #frames = new Map<string, Frame>(); // in order of use, oldest first
  #bytes = 0;

  /**
   * @param budget bytes of pixels kept; one frame larger than that is not kept at all
   * @param past bytes of those that are of nothing that is played: a visit to many pictures must not fill the memory
   */
  constructor(budget: number, past = budget) {
    this.#budget = budget;
    this.#past = past;
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

  /** A draft of the frame, where one was set last and the frame was not. */
  draft(key: string): Frame | undefined {
    return this.#draft?.key === key ? this.#draft.frame : undefined;
  }

  /** Says that frames are played whose keys begin so (at any time as it answers then). @returns the way to say that they no longer are */
  play(prefix: () => string): () => void {
    this.#playing.add(prefix);
    this.#trim();
    return () => this.#playing.delete(prefix);
  }

  /** Keeps a frame; a draft only until another draft comes. */
  set(key: string, frame: Frame): void {
    if (frame.isDraft) {
      this.#draft = { key, frame };
      return;
    }
    if (this.#draft?.key === key) this.#draft = undefined;
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
    if (this.#draft?.key.startsWith(prefix)) this.#draft = undefined;
    for (const key of [...this.#frames.keys()]) if (key.startsWith(prefix)) this.#drop(key);
  }

  /** Drops what is of nothing that is played, but for what was used last of it. */
  #trim(): void {
    const prefixes = [...this.#playing].map((prefix) => prefix());
    let past = 0;
    for (const [key, { rgba }] of [...this.#frames].reverse()) {
      if (prefixes.some((prefix) => key.startsWith(prefix))) continue;
      past += rgba.byteLength;
      if (past > this.#past) this.#drop(key);
    }
  }

  #drop(key: string): void {
    const frame = this.#frames.get(key);
    if (!frame) return;
    this.#frames.delete(key);
    this.#bytes -= frame.rgba.byteLength;
  }
}
