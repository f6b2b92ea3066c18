import type { Runtime } from '../ort/runtime';
import { SharedJob } from '../ort/shared-job';
import type { LoadProgress } from '../rpc/protocol';
import type { LmRef } from './lm.api';
import { type LmFiles, type OpenModel, openLanguageModel } from './open-model';

/** What models are opened with. */
export interface LmParts {
  /** Starts with the first model. */
  start(): Runtime | Promise<Runtime>;
  /** @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `aborted` */
  fetch(model: LmRef, signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<LmFiles>;
}

/** The language models that a worker has open: each is loaded once, and the ones not used for longest are closed. */
export class OpenModels {
  readonly #parts: LmParts;
  readonly #most: number;
  /** The one used last comes last. */
  readonly #jobs = new Map<string, SharedJob<OpenModel, LoadProgress>>();
  #runtime: Promise<Runtime> | undefined;

  /** @param most models that stay open: two that are compared and three moments of a draft; a large one takes 15 MB */
  constructor(parts: LmParts, most = 5) {
    this.#parts = parts;
    this.#most = most;
  }

  /** @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `model-run`, `aborted` */
  async get(
    model: LmRef,
    signal: AbortSignal | undefined,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<OpenModel> {
    const key = model.folderUrl + model.id;
    let job = this.#jobs.get(key);
    if (!job || job.abandoned) job = new SharedJob((ending, tell) => this.#open(model, ending, tell));
    this.#jobs.delete(key);
    this.#jobs.set(key, job);
    try {
      const found = await job.join(signal, onProgress);
      this.#close();
      return found;
    } catch (error) {
      // The next call tries a failed load again; a load that only this caller left continues.
      if (!signal?.aborted && this.#jobs.get(key) === job) this.#jobs.delete(key);
      throw error;
    }
  }

  async #open(model: LmRef, signal: AbortSignal, tell: (progress: LoadProgress) => void): Promise<OpenModel> {
    const files = await this.#parts.fetch(model, signal, tell);
    return await openLanguageModel(files, await this.#start(), signal);
  }

  #start(): Promise<Runtime> {
    this.#runtime ??= Promise.resolve(this.#parts.start());
    this.#runtime.catch(() => {
      this.#runtime = undefined; // the next call tries again
    });
    return this.#runtime;
  }

  /** Runs are serialised within a runtime, so that one under way still ends. */
  #close(): void {
    for (const [key, job] of this.#jobs) {
      if (this.#jobs.size <= this.#most) return;
      this.#jobs.delete(key);
      job.join().then(
        ({ model }) => model.release(),
        () => {},
      );
    }
  }
}
