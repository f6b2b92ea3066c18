import { TokenoscopeError } from '../../../core/errors';
import type { Frame } from '../../../engine/image/image.api';
import { bundledModels } from '../../../engine/image/models';
import type { LabEngine } from '../load';

/** A promise that a test opens. */
interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/**
 * An engine that computes next to nothing, in this thread, in the place of workers: ids out of a picture's bytes and
 * of what makes the tokens, frames of one grey. It can be held, and told to fail.
 */
export class TinyEngine implements LabEngine {
  readonly calls: string[] = [];
  /** By model: what `open` or `decode` wait for. */
  readonly #held = new Map<string, Gate>();
  readonly #failing = new Map<string, TokenoscopeError>();

  /** The next calls, as "open glyphs", wait until the test lets them go. */
  hold(call: string): () => void {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#held.set(call, { opened, open });
    return () => {
      this.#held.delete(call);
      open();
    };
  }

  /** The next calls fail; undefined lets them succeed again. */
  fail(call: string, error: TokenoscopeError | undefined): void {
    if (error) this.#failing.set(call, error);
    else this.#failing.delete(call);
  }

  async open(model: string, { signal }: Parameters<LabEngine['open']>[1] = {}) {
    await this.#enter(`open ${model}`, signal);
    const { id, label, image, tokens, sampler, hash } = modelOf(model);
    const report = { backend: 'wasm', threads: 1, reason: '' } as const;
    return { manifest: { id, label, image, tokens, sampler }, hash, loadMs: 1, report };
  }

  async encode(
    model: string,
    picture: Blob,
    { signal, crop, show, onBegun }: Parameters<LabEngine['encode']>[2] = {},
  ) {
    await this.#enter(`encode ${model}`, signal);
    const { image, tokens, encoder } = modelOf(model);
    const bytes = new Uint8Array(await picture.arrayBuffer());
    const place = crop ? 1 + crop.x + 31 * crop.y + 997 * crop.size : 0;
    const seed = bytes.reduce(
      (sum, byte) => sum + byte,
      place + Number.parseInt(encoder.graph.slice(0, 6), 16),
    );
    const ids = Uint32Array.from({ length: tokens.count }, (_, i) => (seed + i * 7) % tokens.codebookSize);
    const original = new Uint8ClampedArray(image.width * image.height * 4);
    // What is held would not be drawn with the encoding either.
    const first =
      show && !this.#held.has(`decode ${model}`)
        ? frameOf(model, ids, Math.min(show, ids.length))
        : undefined;
    if (first) onBegun?.({ begun: { ...first, metrics: {} }, original });
    await this.#held.get(`finish ${model}`)?.opened;
    return {
      ids,
      first,
      source: { width: 9, height: 9, bytes: bytes.length },
      original,
      notes: [],
      ms: 1,
    };
  }

  async decode(
    model: string,
    { ids, k, sampling }: Parameters<LabEngine['decode']>[1],
    { signal, background }: Parameters<LabEngine['decode']>[2] = {},
  ): Promise<Frame> {
    await this.#enter(`decode ${model}${background ? ' ahead' : ''}`, signal);
    return { ...frameOf(model, ids, k), sampling };
  }

  report() {
    return undefined;
  }

  async pace(): Promise<number> {
    return 4e9;
  }

  async close(): Promise<void> {}

  setChoice(): void {}

  release(): void {}

  dispose(): void {}

  async #enter(call: string, signal: AbortSignal | undefined): Promise<void> {
    this.calls.push(call);
    const aborted = new Promise<never>((_, reject) => {
      const stop = () => reject(new TokenoscopeError('aborted', 'A newer job replaced this one.'));
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
    });
    aborted.catch(() => {});
    await Promise.race([this.#held.get(call)?.opened ?? Promise.resolve(), aborted]);
    const error = this.#failing.get(call);
    if (error) throw error;
  }
}

function frameOf(model: string, ids: Uint32Array, k: number): Frame {
  const { image } = modelOf(model);
  const rgba = new Uint8ClampedArray(image.width * image.height * 4).fill(ids[k - 1]! % 256);
  return { k, ...image, rgba, metrics: { psnr: k }, ms: 1 };
}

function modelOf(model: string) {
  const found = bundledModels.find(({ id }) => id === model);
  if (!found) throw new TokenoscopeError('checkpoint-missing', `${model} is not here.`, 'Add it.');
  return found;
}
