import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { TokenoscopeError, throwIfAborted } from '../../core/errors';

/** A file that a graph refers to as external data, under the path it is referred to by. */
export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Whether it holds 16-bit weights, which the graphs widen as they use them. */
  readonly isHalf?: boolean;
}

/**
 * Frees the memory of files at once; their bytes are gone. Sessions have their own copies by then, and
 * garbage collection might never run: a worker that waits for the next picture allocates nothing.
 */
export function freeFiles(files: readonly DataFile[]): void {
  for (const { bytes } of files) {
    // Browsers from before 2024 lack it.
    if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer?.(0);
  }
}

/** A tensor as plain data. `dims` multiply to `data.length`. */
export interface PlainTensor {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

/** A loaded graph. Runs are serialised within a runtime, so callers may overlap them freely. */
export interface Session {
  /**
   * @returns the output of that name
   * @throws TokenoscopeError `model-run`, or `backend-unavailable` where another backend may do better
   */
  run(
    inputs: Readonly<Record<string, PlainTensor>>,
    output: string,
    signal?: AbortSignal,
  ): Promise<PlainTensor>;
  /** The same for a graph with several outputs, by name. */
  runAll<Name extends string>(
    inputs: Readonly<Record<string, PlainTensor>>,
    outputs: readonly Name[],
    signal?: AbortSignal,
  ): Promise<Readonly<Record<Name, PlainTensor>>>;
  release(): Promise<void>;
}

/** Something that runs ONNX graphs: onnxruntime-web on WASM or WebGPU, or onnxruntime-node. */
export interface Runtime {
  readonly threads: number;
  /** @throws TokenoscopeError `model-corrupt`, or `backend-unavailable` where another backend may do better */
  load(graph: Uint8Array, data: readonly DataFile[]): Promise<Session>;
}

/** The part that all onnxruntime packages share. */
export interface OrtModule {
  readonly InferenceSession: {
    create(graph: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dims: readonly number[]): Tensor;
    new (type: 'int32', data: Int32Array, dims: readonly number[]): Tensor;
  };
}

/** How a runtime differs from the others. */
export interface RuntimeOptions {
  readonly threads: number;
  readonly session:
    | InferenceSession.SessionOptions
    | ((graph: Uint8Array) => InferenceSession.SessionOptions);
  /** Additional options of sessions over 16-bit weights. */
  readonly half?: InferenceSession.SessionOptions;
  /** Set if a failure should send the caller to another backend: the present one's name, for messages. */
  readonly unreliable?: string;
  /** Rejects when the sessions' device is lost: runs in flight may then never end by themselves. */
  readonly lost?: () => Promise<never>;
}

/** Wraps an onnxruntime package. */
export function createRuntime(ort: OrtModule, options: RuntimeOptions): Runtime {
  const { threads, unreliable } = options;
  // One at a time over all sessions: overlapping runs dead-lock on WebGPU (one suspended stack for all of
  // asyncify), and gain nothing on a CPU whose threads one run already uses.
  let last: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(job: () => Promise<T>): Promise<T> => {
    const next = last.then(() => (options.lost ? Promise.race([job(), options.lost()]) : job()));
    last = next.catch(() => {});
    return next;
  };
  const failure = (what: string, error: unknown, code: 'model-corrupt' | 'model-run', hint: string) => {
    if (error instanceof TokenoscopeError) return error;
    const detail = error instanceof Error ? error.message : String(error);
    if (!unreliable && /no available backend/i.test(detail)) {
      return new TokenoscopeError(
        'model-fetch',
        'onnxruntime, which runs the models, could not be fetched or started.',
        'Check the connection, then reload the page.',
        { cause: error },
      );
    }
    return unreliable
      ? new TokenoscopeError('backend-unavailable', `${unreliable} could not ${what} (${detail})`)
      : new TokenoscopeError(
          code,
          `The model could not be ${what === 'run it' ? 'run' : 'loaded'}: ${detail}`,
          hint,
        );
  };

  // A separate function: closures of one function share its variables, and a session that is kept must not
  // keep the file of its weights alive.
  const create = async (graph: Uint8Array, data: readonly DataFile[]): Promise<InferenceSession> => {
    try {
      return await exclusively(() =>
        ort.InferenceSession.create(graph, {
          ...(typeof options.session === 'function' ? options.session(graph) : options.session),
          ...(data.some(({ isHalf }) => isHalf) ? options.half : {}),
          logSeverityLevel: 3, // warnings would arrive as console errors
          externalData: data.map(({ path, bytes }) => ({ path, data: bytes })),
        }),
      );
    } catch (error) {
      throw failure('load the model', error, 'model-corrupt', 'Reload the page to fetch the model again.');
    }
  };
  const sessionOf = (session: InferenceSession): Session => {
    const runAll: Session['runAll'] = async (inputs, outputs, signal) => {
      try {
        return await exclusively(async () => {
          throwIfAborted(signal);
          const feeds: Record<string, Tensor> = {};
          for (const [name, tensor] of Object.entries(inputs)) feeds[name] = toOrt(ort, tensor);
          const results = await session.run(feeds, outputs);
          const entries = outputs.map((name) => [name, toPlain(results[name], name)] as const);
          return Object.fromEntries(entries) as Record<(typeof outputs)[number], PlainTensor>;
        });
      } catch (error) {
        throw failure('run it', error, 'model-run', 'Reload the page, or try another model.');
      }
    };
    return {
      runAll,
      run: async (inputs, output, signal) => (await runAll(inputs, [output], signal))[output]!,
      release: () => exclusively(() => session.release()),
    };
  };

  return { threads, load: async (graph, data) => sessionOf(await create(graph, data)) };
}

function toOrt(ort: OrtModule, { data, dims }: PlainTensor): Tensor {
  return data instanceof Float32Array
    ? new ort.Tensor('float32', data, dims)
    : new ort.Tensor('int32', data, dims);
}

function toPlain(tensor: Tensor | undefined, name: string): PlainTensor {
  if (!tensor) throw new Error(`it has no output "${name}"`);
  return { data: tensor.data as PlainTensor['data'], dims: tensor.dims };
}
