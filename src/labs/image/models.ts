import { createStore, type StoreApi } from 'zustand';
import { checkpointHash, checkpointLabel, parseCheckpointId } from '../../core/image/checkpoint-id';
import { codecId, codecName } from '../../core/image/codec-id';
import type { ModelDescription } from '../../core/image/manifest';
import { type Sampling, samplingFor, type WantedSampling } from '../../core/image/sampling';
import type { CodecFacts } from '../../engine/image/codecs/codec';
import { type BundledModel, bundledModels } from '../../engine/image/models';
import { onLibraryChange } from '../../engine/storage/library-changes';
import type { StoredCheckpoint } from '../../engine/weights/plan';
import type { TokenRow } from './source';

/** What codecs are called before what is known of them has been loaded. */
const CODEC_LABELS: Readonly<Record<string, string>> = {
  avif: 'AVIF',
  blurhash: 'BlurHash',
  jpeg: 'JPEG',
  jxl: 'JPEG XL',
  thumbhash: 'ThumbHash',
  webp: 'WebP',
};

/** A model that the lab can open: a bundled one, or a checkpoint that this browser keeps. */
export interface LabModel extends Omit<BundledModel, 'files' | 'encoder' | 'sampler'> {
  readonly sampler?: ModelDescription['sampler'];
  /** Identifies what makes the tokens; undefined for checkpoints, which share theirs with no other model. */
  readonly encoder?: BundledModel['encoder'];
  /** Set where it is a checkpoint. */
  readonly checkpoint?: StoredCheckpoint;
}

/** What the lab knows of checkpoints and codecs. */
export interface CheckpointsState {
  /** Empty until the first of them was wanted. */
  readonly codecs: readonly CodecFacts[];
  /** Those that this browser keeps. */
  readonly checkpoints: readonly StoredCheckpoint[];
  /** What links call checkpoints that may not be here, by id. */
  readonly linked: Readonly<Record<string, string>>;
}

/** Every model that one lab can open, bundled or kept by this browser, and what to call those that are not here. */
export class LabModels {
  readonly store: StoreApi<CheckpointsState> = createStore(() => ({
    codecs: [],
    checkpoints: [],
    linked: {},
  }));
  #listing: Promise<void> | undefined;

  /** Bundled models first, then the visitor's checkpoints. */
  all(): readonly LabModel[] {
    return [...bundledModels, ...this.store.getState().checkpoints.map(asModel)];
  }

  /** What is known of a model before it is loaded; undefined where it is not here. */
  find(id: string): LabModel | undefined {
    const checkpoint = this.store.getState().checkpoints.find((one) => one.id === id);
    return checkpoint ? asModel(checkpoint) : bundledModels.find((one) => one.id === id);
  }

  /** A codec by its id in a lane; undefined where codecs have not been loaded yet, or it is none. */
  codec(id: string): CodecFacts | undefined {
    return this.store.getState().codecs.find((one) => codecId(one.id) === id);
  }

  /** What to call a model or codec, also one that is not here. */
  label(id: string): string {
    const codec = codecName(id);
    if (codec !== undefined) return this.codec(id)?.label ?? CODEC_LABELS[codec] ?? codec;
    return this.find(id)?.label ?? this.store.getState().linked[id] ?? checkpointLabel(id);
  }

  /** First 8 hex digits of what a model's tokens mean; as links carry them. */
  hash(id: string): string {
    return this.find(id)?.hash ?? checkpointHash(id);
  }

  /** Remembers the names that a link gives to checkpoints. */
  name(names: Readonly<Record<string, string>>): void {
    this.store.setState(({ linked }) => ({ linked: { ...linked, ...names } }));
  }

  /** The names that a link carries for checkpoints whose ids are content hashes. */
  namesForLink(ids: readonly string[]): Record<string, string> | undefined {
    const files = ids.filter((id) => parseCheckpointId(id)?.kind === 'file');
    return files.length === 0 ? undefined : Object.fromEntries(files.map((id) => [id, this.label(id)]));
  }

  /** Whether two models make the same tokens, so that each draws those of the other. */
  sharesTokens(a: string, b: string): boolean {
    if (a === b) return true;
    const [one, other] = [this.find(a)?.encoder, this.find(b)?.encoder];
    if (!one || !other || one.graph !== other.graph) return false;
    return one.data.length + other.data.length === 0 || one.data.some((file) => other.data.includes(file));
  }

  /** The row of tokens that a model can draw; undefined where there is none. */
  rowFor(rows: readonly TokenRow[], model: string): TokenRow | undefined {
    return (
      rows.find(({ models }) => models.some(({ id }) => id === model)) ??
      rows.find(({ models }) => models.some(({ id }) => this.sharesTokens(id, model)))
    );
  }

  /** How a model draws that samples; undefined for any other. */
  samplingOf(model: string, wanted: WantedSampling): Sampling | undefined {
    const sampler = this.find(model)?.sampler;
    return sampler && samplingFor(sampler, wanted);
  }

  /** Lists the checkpoints that this browser keeps, once. If its storage fails, the list is empty. */
  listOnce(): Promise<void> {
    this.#listing ??= import('../../engine/storage/checkpoint-store')
      .then(({ listCheckpoints }) => listCheckpoints())
      .then(
        (checkpoints) => this.store.setState({ checkpoints }),
        () => {},
      );
    return this.#listing;
  }

  /** Keeps in step with what the Library or another tab adds and deletes. Returns the way to stop. */
  follow(): () => void {
    return onLibraryChange(() => {
      if (!this.#listing) return;
      this.#listing = undefined;
      void this.listOnce();
    });
  }
}

function asModel(checkpoint: StoredCheckpoint): LabModel {
  const { id, name, family, image, tokens, sampler, bytes, precision } = checkpoint;
  const from = checkpoint.origin.kind === 'hub' ? checkpoint.origin.repository : 'your files';
  return {
    id,
    label: name,
    summary: `${family}, ${image.width} × ${image.height} pixels, from ${from}${precision === 'half' ? ', in half precision' : ''}.`,
    bytes,
    image,
    tokens,
    sampler,
    hash: checkpointHash(id),
    checkpoint,
  };
}
