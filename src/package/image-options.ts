/** Options of everything that opens an image model. */
export interface OpenModelOptions {
  /** Threads of onnxruntime; by default 2 in Node, in browsers as many as the page's isolation allows. */
  readonly threads?: number | undefined;
  /** Rounds the matrices of a checkpoint to 16 bits, which halves the memory that its weights take. */
  readonly half?: boolean | undefined;
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
  /** Receives what has been fetched, in bytes; nothing where files are read from a disk. */
  readonly onProgress?:
    | ((progress: { readonly loaded: number; readonly total?: number | undefined }) => void)
    | undefined;
}
