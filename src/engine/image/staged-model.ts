import { TokenoscopeError } from '../../core/errors';
import type { ModelDescription, ModelManifest } from '../../core/image/manifest';
import type { RgbImage } from '../../core/image/pixels';
import { plainRuntime, runsPlainly } from '../plain/plain-runtime';
import { type ImageDecoder, type ImageModel, type ModelGraphs, openDecoder } from './model';

/** What a staged model is made of. */
interface StagedParts {
  /** Draws until the model is there. */
  readonly draft?: ImageDecoder | undefined;
  /** The ids of a picture that needs no encoder. */
  readonly known?: ((image: RgbImage) => Uint32Array | undefined) | undefined;
  /** Opens and checks the whole model: called once. */
  readonly open: () => Promise<ImageModel>;
}

/** A model that may draw before onnxruntime has started. */
export class StagedModel {
  readonly #known: StagedParts['known'];
  #open: StagedParts['open'] | undefined;
  #opening: Promise<ImageModel> | undefined;
  #draft: ImageDecoder | undefined;

  constructor({ draft, known, open }: StagedParts) {
    this.#known = known;
    this.#draft = draft;
    this.#open = open;
  }

  /** The ids of a picture that needs no encoder; undefined for all others. */
  known(image: RgbImage): Uint32Array | undefined {
    return this.#known?.(image);
  }

  /** Draws at once; undefined once the whole model is there or failed to open, and where nothing else can draw. */
  get draft(): ImageDecoder | undefined {
    return this.#draft;
  }

  /** The whole model; the first call opens it. @throws what opening it throws; `aborted` as soon as the signal fires */
  async whole(signal?: AbortSignal): Promise<ImageModel> {
    this.#opening ??= this.#open!().finally(() => {
      // Both hold weights, of which the sessions have their own copies.
      this.#draft = undefined;
      this.#open = undefined;
    });
    return signal ? orAborted(this.#opening, signal) : this.#opening;
  }

  /** Frees what was opened. */
  release(): void {
    this.#opening?.then(
      (model) => model.release(),
      () => {}, // it never opened
    );
    this.#draft = undefined;
  }
}

type DraftManifest = ModelDescription & Pick<ModelManifest, 'decodeMflop'>;

/** What JavaScript draws in a few frames' time; this project's other decoders take a hundred times as long. */
const MOST_MFLOP = 100;

/** Whether a model is small enough to draw without onnxruntime, if its operators can be run. */
export function mayRunPlainly({ decodeMflop = Number.POSITIVE_INFINITY, sampler }: DraftManifest): boolean {
  return !sampler && decodeMflop <= MOST_MFLOP;
}

/** What draws without onnxruntime; undefined where a model needs more than that. */
export async function openDraft(graphs: ModelGraphs): Promise<ImageDecoder | undefined> {
  if (!runsPlainly(graphs.decoder)) return undefined;
  return openDecoder(graphs, plainRuntime).catch(() => undefined);
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new TokenoscopeError('aborted', 'A newer job replaced this one.'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
