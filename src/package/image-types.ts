import type { RgbImage } from '../core/image/pixels';
import type { AskedSampling, SamplerFacts } from '../core/image/sampling';

/** What an image model is. */
export interface ModelFacts {
  readonly id: string;
  /** As its users call it. */
  readonly label: string;
  /** The size of its pictures, in pixels. */
  readonly image: { readonly width: number; readonly height: number };
  readonly tokens: {
    /** K, the full length. */
    readonly count: number;
    /** Bits that a token takes. */
    readonly bits: number;
    /** Ids are below it. */
    readonly codebookSize: number;
    /** Whether any prefix decodes; if not, all tokens are needed. */
    readonly ordered: boolean;
    /** Set for continuous tokens: how many of the K ids are one token's, in a row. */
    readonly numbers?: number | undefined;
    /** Set where the encoder says which tokens a picture needs: the id of one that it does without. */
    readonly unused?: { readonly id: number; readonly error: number } | undefined;
  };
  /** Set for a flow model, which draws in steps from seeded noise. */
  readonly sampler?: SamplerFacts | undefined;
}

/** How to decode: a flow model's steps and seed, where they are not its default and 0. */
export interface DecodeOptions extends AskedSampling {
  readonly signal?: AbortSignal | undefined;
}

/** An image tokenizer in memory. */
export interface ImageModel {
  readonly manifest: ModelFacts;
  /**
   * @param image of the manifest's size: see `fitPicture`
   * @returns K ids, each below the codebook size
   * @throws TokenoscopeError `model-run`, `aborted`
   */
  encode(image: RgbImage, signal?: AbortSignal): Promise<Uint32Array>;
  /**
   * Draws the picture that the first `k` tokens give.
   * @param ids at least `k` and at most K of them; those from `k` on do not matter
   * @returns a picture of the manifest's size
   * @throws TokenoscopeError `model-run` where k, an id, steps or seed is out of range; `aborted`
   */
  decode(ids: Uint32Array, k: number, options?: DecodeOptions): Promise<RgbImage>;
  /** Frees its memory. */
  release(): Promise<void>;
}

/** Options of everything that opens an image model. */
export interface OpenModelOptions {
  /** Threads of onnxruntime; by default 2 in Node, in browsers as many as the page's isolation allows. */
  readonly threads?: number | undefined;
  /** Rounds the matrices of a checkpoint to 16 bits, which halves the memory that its weights take. */
  readonly half?: boolean | undefined;
}

/** Bytes of a model that have been fetched. */
export interface FetchProgress {
  readonly loaded: number;
  readonly total?: number | undefined;
}

/** Options of `loadImageModel`. */
export interface LoadModelOptions extends OpenModelOptions {
  /**
   * The folder that holds the models, each in a folder named by its id: a path in Node, or an address. By default the
   * folder `models` beside the package's code.
   */
  readonly models?: string | URL | undefined;
  /** Ends the fetching of a model. */
  readonly signal?: AbortSignal | undefined;
  /** Receives what has been fetched; nothing where files are read from a disk. */
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}
