import { isAborted } from '../../core/errors';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import type { CropSquare } from '../../core/image/crop';
import type { Sampling } from '../../core/image/sampling';
import type { Backend, BackendChoice, BackendReport } from '../host/backend';
import { BackendHost, type HostJob } from '../host/host';
import type { CallOptions, WorkerClient } from '../rpc/client';
import type { LoadProgress } from '../rpc/protocol';
import { Urgency } from '../rpc/urgency';
import type {
  BegunPicture,
  EncodedPicture,
  Frame,
  ImageApi,
  OpenedModel,
  StepProgress,
  WorkerModel,
} from './image.api';

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

interface EncodeCallOptions extends ImageCallOptions {
  /** The square to encode, in pixels of the picture as displayed; its centre where it is absent. */
  readonly crop?: CropSquare | undefined;
  /** Also draws from the first so many tokens: `EncodedPicture.first`. For models that draw at once. */
  readonly show?: number | undefined;
  /** Called with that as soon as these tokens are there, where the model finds them long before the others. */
  readonly onBegun?: ((picture: BegunPicture) => void) | undefined;
}

/** Options of `open`. */
export interface OpenOptions extends ImageCallOptions {
  /** Set where the next call is likely to need no encoder: a model that can draw without onnxruntime opens sooner then. */
  readonly mayDraft?: boolean | undefined;
}

/** A background call waits until no other is in flight. */
interface DecodeCallOptions extends ImageCallOptions {
  /** Whether a draft or a rough picture will do (`Frame.isDraft`, `Frame.isRough`). */
  readonly mayDraft?: boolean | undefined;
  readonly background?: boolean | undefined;
  /** Called before every step of a model that samples. */
  readonly onStep?: ((progress: StepProgress) => void) | undefined;
}

/** What `decode` reconstructs from. */
export interface DecodeJob {
  readonly ids: Uint32Array;
  /** Prefix length, 1..K; 0 for what the model draws before any token, which not every one does. */
  readonly k: number;
  /** RGBA of the model's size, to measure against. */
  readonly original?: Uint8ClampedArray | undefined;
  /** For models that sample; the default where absent. */
  readonly sampling?: Sampling | undefined;
}

/**
 * The page's side of the image models. Each runs on the backend that its host picks; background work waits for
 * urgent work.
 */
export class ImageEngine {
  readonly #modelsUrl: string;
  readonly #host: BackendHost<ImageApi, WorkerModel>;
  readonly #urgency = new Urgency();

  constructor({ choice, baseUrl, onReport }: ImageEngineOptions) {
    this.#modelsUrl = new URL('models/', baseUrl ?? document.baseURI).href;
    this.#host = new BackendHost({
      choice,
      onReport,
      workers: {
        wasm: () => new Worker(new URL('./image-wasm.worker.ts', import.meta.url), { type: 'module' }),
        webgpu: () => new Worker(new URL('./image-webgpu.worker.ts', import.meta.url), { type: 'module' }),
      },
    });
  }

  /** Where the model runs; undefined until it has been opened under the present choice. */
  report(model: string): BackendReport | undefined {
    return this.#host.report(model);
  }

  /** Uses another backend from the next call on. A new choice also clears WebGPU's earlier failures. */
  setChoice(choice: BackendChoice): void {
    this.#host.setChoice(choice);
  }

  /**
   * Fetches and checks a model; at once where it is open already.
   * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `model-run`, `aborted`
   */
  open(model: string, options: OpenOptions = {}): Promise<OpenedModel> {
    return this.#urgency.first(() =>
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
  async encode(model: string, picture: Blob, options: EncodeCallOptions = {}): Promise<EncodedPicture> {
    if (!RASTER_TYPES.test(picture.type))
      return this.#encode(model, picture, options, await isRaster(picture));
    try {
      // What its name says is believed at first: to look at a file takes longer than to hand it over.
      return await this.#encode(model, picture, options, true);
    } catch (error) {
      if (isAborted(error) || (await isRaster(picture))) throw error;
      return this.#encode(model, picture, options, false);
    }
  }

  async #encode(
    model: string,
    picture: Blob,
    options: EncodeCallOptions,
    isPlain: boolean,
  ): Promise<EncodedPicture> {
    const name = picture instanceof File ? picture.name : '';
    const raster = isPlain
      ? undefined
      : await (await import('./svg')).rasterizeSvg(picture, name, options.signal);
    const { crop, show } = options;
    const onProgress = (progress: LoadProgress | BegunPicture) =>
      'begun' in progress ? options.onBegun?.(progress) : options.onProgress?.(progress);
    const job = raster
      ? { picture: raster.bitmap, name, bytes: picture.size, size: raster.size, crop, show }
      : { picture, name, bytes: picture.size, crop, show };
    try {
      const encoded = await this.#urgency.first(() =>
        this.#run(model, options, (client, { loadMs }) =>
          client.call('encode', this.#args(model, job), { ...calls(options, loadMs), onProgress }),
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
      this.#run(model, { signal, onProgress }, (client, { loadMs }) => {
        const patience = options.background ? undefined : Math.max(PATIENCE_MS, loadMs);
        return client.call('decode', this.#args(model, { ...job, mayDraft: options.mayDraft }), {
          signal,
          onProgress: watch,
          patience,
        });
      });
    return options.background ? this.#urgency.later(run) : this.#urgency.first(run);
  }

  /** Multiply-accumulates a second of a backend, measured in about a second once nobody waits for a picture. */
  pace(backend: Backend, signal: AbortSignal): Promise<number> {
    return this.#urgency.later(() => this.#host.client(backend).call('pace', {}, { signal }));
  }

  /** Removes a model (a deleted one, for example) from memory, wherever it is open. The next call opens it again. */
  async close(model: string): Promise<void> {
    for (const backend of this.#host.forget(model)) {
      await this.#host.client(backend).call('close', this.#args(model, {}));
    }
  }

  /** Frees the models' memory as soon as nobody waits for them, when the lab is left. A later call reloads them. */
  release(): void {
    this.#host.release();
  }

  /** Stops the workers; calls in flight fail as aborted. A later call starts new ones. */
  dispose(): void {
    this.#host.dispose();
  }

  #args<T extends object>(model: string, job: T): T & { model: string; modelsUrl: string } {
    return { ...job, model, modelsUrl: this.#modelsUrl };
  }

  /** Runs a job with the model on the best backend that works for it. */
  #run<T>(model: string, options: OpenOptions, run: HostJob<ImageApi, WorkerModel, T>['run']): Promise<T> {
    const open = async (backend: Backend, client: WorkerClient<ImageApi>) => {
      // A checkpoint runs on WebGPU only once WASM has computed what to check it against.
      if (backend === 'webgpu' && isCheckpointId(model)) {
        await this.#host.client('wasm').call('reference', this.#args(model, {}), calls(options));
      }
      return client.call('open', this.#args(model, { mayDraft: options.mayDraft }), calls(options));
    };
    return this.#host.run(model, { open, run });
  }
}

/**
 * A run on the CPU or GPU cannot be interrupted, only its worker ended. A call waits for an abandoned run as long as
 * reloading its own model would take, or this long where the model is not loaded yet.
 */
const PATIENCE_MS = 300;

function calls(options: ImageCallOptions, loadMs = 0): CallOptions<LoadProgress> {
  const { signal, onProgress } = options;
  const patience = Math.max(PATIENCE_MS, loadMs);
  return onProgress ? { signal, onProgress, patience } : { signal, patience };
}

/** What browsers call pictures that are no SVG, by their names. */
const RASTER_TYPES = /^image\/(?!svg)/;

/** How PNG, JPEG, WebP, GIF, BMP and AVIF begin; no text does. */
const RASTERS = [0x8950, 0xffd8, 0x5249, 0x4749, 0x424d, 0x0000];

/** Whether a file cannot be an SVG, so that the SVG code need not be loaded. */
async function isRaster(picture: Blob): Promise<boolean> {
  if (picture.size < 2 || picture.type === 'image/svg+xml') return false;
  const beginning = await picture.slice(0, 2).arrayBuffer();
  return RASTERS.includes(new DataView(beginning).getUint16(0));
}
