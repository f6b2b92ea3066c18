import { TokenoscopeError } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { Sampling } from '../../core/image/sampling';
import { describeWasm, describeWebGpu } from '../host/backend-words';
import { probeWebGpu, type WebGpuProbe, webGpuLoss } from '../host/probe';
import { type CallOptions, WorkerClient } from '../rpc/client';
import type { LoadProgress } from '../rpc/protocol';
import type {
  Backend,
  BackendChoice,
  BackendReport,
  EncodedPicture,
  Frame,
  ImageApi,
  OpenedModel,
  StepProgress,
  WorkerModel,
} from './image.api';
import { rasterizeSvg } from './svg';

/** How an engine starts. */
export interface ImageEngineOptions {
  readonly choice: BackendChoice;
  /** The page's own address, beside which `models/` lies; `document.baseURI` where it is not given. */
  readonly baseUrl?: string | undefined;
  /** Called whenever a model's backend becomes known or changes, with the model's id. */
  readonly onReport: (report: BackendReport, model: string) => void;
}

/** Options of a call; any call may have to fetch the model first, and then reports progress. */
export interface ImageCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** A background call waits until no other is in flight. */
interface DecodeCallOptions extends ImageCallOptions {
  readonly background?: boolean | undefined;
  /** Called before every step of a model that samples. */
  readonly onStep?: ((progress: StepProgress) => void) | undefined;
}

/** What `decode` reconstructs from. */
export interface DecodeJob {
  readonly ids: Uint32Array;
  /** Prefix length, 1..K. */
  readonly k: number;
  /** RGBA of the model's size, to measure against. */
  readonly original?: Uint8ClampedArray | undefined;
  /** For models that sample; at their default where it is not given. */
  readonly sampling?: Sampling | undefined;
}

type Client = WorkerClient<ImageApi>;

/**
 * The page's side of the image models: picks a backend for each model, keeps one worker per backend, and goes
 * from WebGPU to WASM, with the reason reported, where WebGPU is missing, computes wrongly, or is lost.
 */
export class ImageEngine {
  #choice: BackendChoice;
  readonly #modelsUrl: string;
  readonly #onReport: ImageEngineOptions['onReport'];
  readonly #clients: Readonly<Record<Backend, Client>>;
  readonly #reports = new Map<string, BackendReport>();
  /** By backend and model. A restarted worker opens again by itself, so entries stay true. */
  readonly #opened = new Map<string, WorkerModel>();
  /** Why a model may not run on WebGPU any more. */
  readonly #refused = new Map<string, string>();
  #probe: Promise<WebGpuProbe> | undefined;
  /** Set while the page watches the graphics device. */
  #watch: Promise<void> | undefined;
  /** Grows with every choice, so that late answers of an earlier one change nothing. */
  #generation = 0;
  #urgent = 0;
  #waiting: (() => void)[] = [];

  constructor(options: ImageEngineOptions) {
    this.#choice = options.choice;
    this.#modelsUrl = new URL('models/', options.baseUrl ?? document.baseURI).href;
    this.#onReport = options.onReport;
    this.#clients = {
      wasm: new WorkerClient(
        () => new Worker(new URL('./image-wasm.worker.ts', import.meta.url), { type: 'module' }),
      ),
      webgpu: new WorkerClient(
        () => new Worker(new URL('./image-webgpu.worker.ts', import.meta.url), { type: 'module' }),
      ),
    };
  }

  /** Where the model runs; undefined until it has been opened under the present choice. */
  report(model: string): BackendReport | undefined {
    return this.#reports.get(model);
  }

  /** Another backend from the next call on. A new choice also forgives WebGPU's earlier failures. */
  setChoice(choice: BackendChoice): void {
    if (choice === this.#choice) return;
    this.#choice = choice;
    this.#generation++;
    this.#probe = undefined;
    this.#reports.clear();
    this.#opened.clear();
    if (this.#refused.size > 0) this.#clients.webgpu.dispose(); // a lost device stays lost in its worker
    this.#refused.clear();
  }

  /**
   * Fetches and checks a model; at once where it is open already.
   * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `model-run`, `aborted`
   */
  open(model: string, options: ImageCallOptions = {}): Promise<OpenedModel> {
    return this.#urgently(() =>
      this.#run(model, options, async (_client, { manifest, hash, loadMs }, report) => ({
        manifest,
        hash,
        loadMs,
        report,
      })),
    );
  }

  /**
   * Tokenizes a picture file (PNG, JPEG, WebP, AVIF, GIF, BMP, SVG).
   * @throws TokenoscopeError `not-an-image`, `image-truncated`, `image-too-large` and what `open` throws
   */
  async encode(model: string, picture: Blob, options: ImageCallOptions = {}): Promise<EncodedPicture> {
    const name = picture instanceof File ? picture.name : '';
    const raster = await rasterizeSvg(picture, name, options.signal);
    const job = raster
      ? { picture: raster.bitmap, name, bytes: picture.size, size: raster.size }
      : { picture, name, bytes: picture.size };
    try {
      const encoded = await this.#urgently(() =>
        this.#run(model, options, (client, { loadMs }) =>
          client.call('encode', this.#args(model, job), calls(options, loadMs)),
        ),
      );
      return raster ? { ...encoded, notes: [...raster.notes, ...encoded.notes] } : encoded;
    } finally {
      raster?.bitmap.close();
    }
  }

  /**
   * Reconstructs from the first `k` of `ids`; with metrics where `original` is given. A background call waits
   * until no other call is in flight.
   * @throws TokenoscopeError `model-run` where k or an id is out of range, and what `open` throws
   */
  async decode(model: string, job: DecodeJob, options: DecodeCallOptions = {}): Promise<Frame> {
    const { signal, onProgress, onStep } = options;
    const watch = (progress: LoadProgress | StepProgress) =>
      'step' in progress ? onStep?.(progress) : onProgress?.(progress);
    const run = () =>
      this.#run(model, options, (client, { loadMs }) => {
        const patience = options.background ? undefined : Math.max(PATIENCE_MS, loadMs);
        return client.call('decode', this.#args(model, job), { signal, onProgress: watch, patience });
      });
    if (!options.background) return this.#urgently(run);
    while (this.#urgent > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return run();
  }

  /** Takes a model out of memory, wherever it is open: it was deleted, say. The next call opens it again. */
  async close(model: string): Promise<void> {
    for (const backend of ['wasm', 'webgpu'] as const) {
      if (!this.#opened.delete(`${backend} ${model}`)) continue;
      await this.#clients[backend].call('close', this.#args(model, {}));
    }
  }

  /** Stops the workers; calls in flight fail as aborted. A later call starts them anew. */
  dispose(): void {
    this.#clients.wasm.dispose();
    this.#clients.webgpu.dispose();
  }

  #args<T extends object>(model: string, job: T): T & { model: string; modelsUrl: string } {
    return { ...job, model, modelsUrl: this.#modelsUrl };
  }

  async #urgently<T>(run: () => Promise<T>): Promise<T> {
    this.#urgent++;
    try {
      return await run();
    } finally {
      this.#urgent--;
      if (this.#urgent === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Opens the model on the best backend that is left for it, runs the job there, and falls back where it must. */
  async #run<T>(
    model: string,
    options: ImageCallOptions,
    job: (client: Client, opened: WorkerModel, report: BackendReport) => Promise<T>,
  ): Promise<T> {
    const generation = this.#generation;
    const choice = this.#choice;
    const webgpu = await this.#webGpu(choice, model);
    let why = webgpu.why;
    if (webgpu.adapter !== undefined) {
      try {
        const report = { backend: 'webgpu', threads: 1, reason: webgpu.adapter } as const;
        return await this.#runOn('webgpu', model, options, generation, () => report, job);
      } catch (error) {
        if (!blamesBackend(error)) throw error;
        why = error.message;
        if (generation === this.#generation) this.#refused.set(model, why);
      }
    }
    const report = ({ threads }: WorkerModel): BackendReport => ({
      backend: 'wasm',
      threads,
      reason: describeWasm(threads, why, globalThis.crossOriginIsolated),
    });
    return this.#runOn('wasm', model, options, generation, report, job);
  }

  async #runOn<T>(
    backend: Backend,
    model: string,
    options: ImageCallOptions,
    generation: number,
    toReport: (opened: WorkerModel) => BackendReport,
    job: (client: Client, opened: WorkerModel, report: BackendReport) => Promise<T>,
  ): Promise<T> {
    const client = this.#clients[backend];
    if (backend === 'webgpu') this.#watchDevice();
    const key = `${backend} ${model}`;
    let opened = this.#opened.get(key);
    if (!opened) {
      // WebGPU is not trusted with a checkpoint that nothing else has computed yet.
      if (backend === 'webgpu' && isCheckpointId(model)) {
        await this.#clients.wasm.call('reference', this.#args(model, {}), calls(options));
      }
      opened = await client.call('open', this.#args(model, {}), calls(options));
      this.#opened.set(key, opened);
    }
    const report = toReport(opened);
    if (generation === this.#generation && this.#reports.get(model)?.reason !== report.reason) {
      this.#reports.set(model, report);
      this.#onReport(report, model);
    }
    return job(client, opened, report);
  }

  /**
   * A run in flight when the graphics process dies may keep its worker from ever hearing of it. The page hears,
   * through a device of its own: it stops the worker, and the calls in flight go to WASM.
   */
  #watchDevice(): void {
    this.#watch ??= webGpuLoss().then((why) => {
      if (why === undefined) return;
      this.#watch = undefined;
      // Also for models without a call in flight: a restarted graphics process is not trusted unasked.
      for (const model of this.#reports.keys()) this.#refused.set(model, why);
      this.#clients.webgpu.dispose(new TokenoscopeError('backend-unavailable', why));
    });
  }

  /** `adapter` (words for the badge) where WebGPU should be tried for the model, else `why` not. */
  async #webGpu(choice: BackendChoice, model: string): Promise<{ adapter?: string; why: string }> {
    if (choice === 'wasm') return { why: '' };
    const refused = this.#refused.get(model);
    if (refused !== undefined) return { why: refused };
    this.#probe ??= probeWebGpu();
    const probe = await this.#probe;
    if (!probe.ok) return { why: probe.why };
    if (choice === 'auto' && probe.software) {
      return { why: `WebGPU is only emulated on the CPU here (${probe.name}), which is slower` };
    }
    return { adapter: describeWebGpu(probe), why: '' };
  }
}

/**
 * A run on the CPU or GPU cannot be interrupted, only its worker ended. A call waits for an abandoned run as long as
 * loading its own model anew would take, or this long where the model is not loaded yet.
 */
const PATIENCE_MS = 300;

function calls(options: ImageCallOptions, loadMs = 0): CallOptions<LoadProgress> {
  const { signal, onProgress } = options;
  const patience = Math.max(PATIENCE_MS, loadMs);
  return onProgress ? { signal, onProgress, patience } : { signal, patience };
}

/** Whether the same call may succeed on WASM. */
function blamesBackend(error: unknown): error is TokenoscopeError {
  return (
    error instanceof TokenoscopeError &&
    (error.code === 'backend-unavailable' || error.code === 'worker-died')
  );
}
