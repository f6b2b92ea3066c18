import { TokenoscopeError } from '../../core/errors';
import { checkpointHash, isCheckpointId } from '../../core/image/checkpoint-id';
import type { ModelManifest } from '../../core/image/manifest';
import type { RgbImage } from '../../core/image/pixels';
import type { Backend } from '../host/backend';
import { freeFiles, type Runtime } from '../ort/runtime';
import { SharedJob } from '../ort/shared-job';
import { warmUp } from '../ort/warm-up';
import type { LoadProgress } from '../rpc/protocol';
import { readReference } from '../storage/checkpoint-store';
import { findGoldenDifference } from './golden';
import type { ModelRef, WorkerModel } from './image.api';
import { knownIds } from './known-ids';
import { type ImageModel, type ModelGraphs, openImageModel } from './model';
import { fetchModel } from './model-store';
import { findReferenceDifference } from './reference';
import { splitEncoder } from './split-encoder';
import { mayRunPlainly, openDraft, StagedModel } from './staged-model';
import { readStoredCheckpoint } from './stored-graphs';
import { timed } from './timed';

/** A model in memory. */
interface Opened {
  readonly model: StagedModel;
  readonly info: WorkerModel;
}

/** A model's files, and the check that it must pass before use. */
interface Loadable {
  readonly graphs: ModelGraphs;
  readonly known?: (image: RgbImage) => Uint32Array | undefined;
  readonly hash: string;
  /** @returns what is wrong with it, as half a sentence; undefined where nothing is */
  readonly findDifference: (model: ImageModel) => Promise<string | undefined>;
}

/** About how long onnxruntime takes to start, in milliseconds: a worker that only drafts so far seems quicker than it is. */
const STARTING_MS = 2000;

/** Checkpoints are large, so only as many stay in memory as can be compared side by side. */
const OPEN_CHECKPOINTS = 2;

/** What a call hears of while a model loads. */
interface LoadContext {
  readonly signal: AbortSignal;
  progress(value: LoadProgress): void;
}

/** The models of a worker. */
interface OpenModels {
  /** The runtime, which starts with the first call. */
  runtime(): Promise<Runtime>;
  /**
   * A model, fetched and opened once.
   * @param mayDraft whether one that can draw without onnxruntime may leave that for later
   * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `backend-unavailable`, `aborted`
   */
  open(ref: ModelRef, context: LoadContext, mayDraft?: boolean): Promise<Opened>;
  /** The whole of it; the next call tries again where it could not be opened. @throws as `open` */
  whole(ref: ModelRef, model: StagedModel, signal: AbortSignal): Promise<ImageModel>;
  close(ref: ModelRef): void;
}

/** Opens models over one runtime, whichever call needs them first, and checks each before it is used. */
export function openModels(backend: Backend, start: () => Promise<Runtime>): OpenModels {
  const models = new Map<string, SharedJob<Opened, LoadProgress>>();
  /** Models that failed once they had been opened to draw at once: the next time they are opened whole, or not at all. */
  const failed = new Set<string>();
  let runtime: Promise<Runtime> | undefined;
  /** Set once onnxruntime starts. */
  let warm: Promise<void> | undefined;

  function startOnce(): Promise<Runtime> {
    runtime ??= start();
    runtime.catch(() => {
      runtime = undefined; // the next call tries again
    });
    return runtime;
  }

  function warmUpOnce(): void {
    warm ??= startOnce().then(
      (running) => timed('onnxruntime', () => warmUp(running)),
      () => {
        warm = undefined;
      },
    );
  }

  /** @param quick whether a model that can draw without onnxruntime may leave that for later */
  async function load(
    ref: ModelRef,
    quick: boolean,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Opened> {
    const began = performance.now();
    // The runtime starts while the files load; if it fails, the files still reach the store for the other worker.
    if (!quick) warmUpOnce();
    const [running, { graphs, hash, findDifference, known }] = await Promise.all([
      startOnce(),
      isCheckpointId(ref.model)
        ? loadCheckpoint(ref.model, signal, onProgress)
        : loadBundled(ref, signal, onProgress, (manifest) => {
            if (!mayRunPlainly(manifest)) warmUpOnce();
          }),
    ]);
    const openWhole = async () => {
      warmUpOnce();
      const frees = isCheckpointId(ref.model);
      const { manifest, encoder, decoder, begin, flow, data } = graphs;
      // Elsewhere two runs cost more than what is gained.
      const split = backend === 'wasm' && !frees ? splitEncoder(encoder) : undefined;
      const parts = { manifest, encoder, split, decoder, begin, flow, data };
      const model = await timed('sessions', () => openImageModel(parts, running, frees));
      if (frees) freeFiles(graphs.data);
      const difference = await timed('check', () => findDifference(model));
      if (difference) {
        await model.release();
        throw distrust(backend, difference);
      }
      return model;
    };
    const { manifest } = graphs;
    const draft =
      quick && mayRunPlainly(manifest) ? await timed('draft', () => openDraft(graphs)) : undefined;
    const model = new StagedModel({ draft, known, open: openWhole });
    if (!draft) await model.whole();
    const loadMs = Math.max(draft ? STARTING_MS : 0, performance.now() - began);
    return { model, info: { manifest, hash, threads: running.threads, loadMs } };
  }

  async function loadBundled(
    ref: ModelRef,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
    onManifest: (manifest: ModelManifest) => void,
  ): Promise<Loadable> {
    const files = await timed('files', () =>
      fetchModel(ref.modelsUrl, ref.model, signal, onProgress, onManifest),
    );
    const { manifest } = files;
    return {
      graphs: files,
      hash: manifest.files.decoder.sha256.slice(0, 8),
      known: (image) => knownIds(manifest, image),
      findDifference: async (model) => {
        const { golden } = files;
        return golden && findGoldenDifference(model, golden, golden.tolerance[backend], 'first');
      },
    };
  }

  async function loadCheckpoint(
    id: string,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Loadable> {
    const graphs = await readStoredCheckpoint(id, backend, signal, onProgress);
    const { golden } = graphs;
    const reference = backend === 'webgpu' ? await readReference(id) : undefined;
    return {
      graphs,
      hash: checkpointHash(id),
      findDifference: async (model) =>
        (golden && (await findGoldenDifference(model, golden, golden.tolerance[backend], 'first'))) ??
        (reference && findReferenceDifference(model, reference, signal)),
    };
  }

  function close(key: string): void {
    const job = models.get(key);
    models.delete(key);
    job?.join().then(
      ({ model }) => model.release(),
      () => {}, // it never opened
    );
  }

  async function open(ref: ModelRef, context: LoadContext, mayDraft = false): Promise<Opened> {
    const key = ref.modelsUrl + ref.model;
    // Where onnxruntime runs already, a model is there nearly as soon as its draft.
    const quick = mayDraft && warm === undefined && !failed.has(key);
    let job = models.get(key);
    if (!job || job.abandoned) {
      if (isCheckpointId(ref.model)) {
        const others = [...models.keys()].filter((other) =>
          isCheckpointId(other.slice(ref.modelsUrl.length)),
        );
        for (const other of others.slice(0, 1 - OPEN_CHECKPOINTS + others.length)) close(other);
      }
      job = new SharedJob((signal, onProgress) => load(ref, quick, signal, onProgress));
    }
    models.delete(key); // and added again: the last one used comes last
    models.set(key, job);
    try {
      return await job.join(context.signal, (progress) => context.progress(progress));
    } catch (error) {
      // The next call retries a failed load; a load that only this caller left continues.
      if (!context.signal.aborted && models.get(key) === job) models.delete(key);
      throw error;
    }
  }

  async function openWhole(ref: ModelRef, model: StagedModel, signal: AbortSignal): Promise<ImageModel> {
    try {
      return await model.whole(signal);
    } catch (error) {
      const key = ref.modelsUrl + ref.model;
      if (!signal.aborted) {
        failed.add(key);
        models.delete(key);
      }
      throw error;
    }
  }

  return {
    runtime: startOnce,
    open,
    whole: openWhole,
    close: ({ modelsUrl, model }) => close(modelsUrl + model),
  };
}

function distrust(backend: Backend, difference: string): TokenoscopeError {
  return backend === 'webgpu'
    ? new TokenoscopeError(
        'backend-unavailable',
        `WebGPU computed something else than the reference: ${difference}`,
      )
    : new TokenoscopeError(
        'model-run',
        `This browser computes something else than the reference: ${difference}.`,
        'Try another browser, and please report this one with its version.',
      );
}
