import { type CallOptions, IDLE_MS, WorkerClient } from '../../rpc/client';
import { Urgency } from '../../rpc/urgency';
import type { CodecPicture } from './codec';
import type { CodecFrame, CodecsApi } from './codecs.api';

/** The page's side of the codecs: one worker, started by the first call and ended when idle. */
export class CodecWorker {
  readonly #client = new WorkerClient<CodecsApi>(
    () => new Worker(new URL('./codecs.worker.ts', import.meta.url), { type: 'module' }),
    { idleMs: IDLE_MS },
  );
  readonly #urgency = new Urgency();

  /** @throws TokenoscopeError `model-unknown`, `internal` where this browser has no such codec, `worker-died`, `aborted` */
  async open(codec: string, options: CallOptions<never> = {}): Promise<void> {
    await this.#client.call('open', { codec }, options);
  }

  /**
   * The file whose size is nearest to `target` bytes, measured against the picture. A call in the background waits until no
   * other is in flight: the compiled codecs cannot be interrupted.
   * @throws what `open` throws
   */
  async encode(
    codec: string,
    picture: CodecPicture,
    target: number,
    { signal, background = false }: { readonly signal?: AbortSignal; readonly background?: boolean } = {},
  ): Promise<CodecFrame> {
    const run = () => this.#client.call('encode', { codec, picture, target }, { signal });
    return background ? this.#urgency.later(run) : this.#urgency.first(run);
  }

  /** Decodes a file that came from elsewhere. @throws TokenoscopeError `link-invalid`, and what `open` throws */
  decode(
    codec: string,
    file: Uint8Array<ArrayBuffer>,
    { width, height }: { readonly width: number; readonly height: number },
    options: CallOptions<never> = {},
  ): Promise<CodecFrame> {
    return this.#client.call('decode', { codec, file, width, height }, options);
  }

  /** Ends the worker as soon as nobody waits for it. */
  release(): void {
    this.#client.release();
  }

  dispose(): void {
    this.#client.dispose();
  }
}
