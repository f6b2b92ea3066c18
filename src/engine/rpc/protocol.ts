import type { WireError } from '../../core/errors';

/**
 * What a worker can do: method name -> argument, result and (optionally) progress payload.
 * Both ends are typed from the same declaration, for example
 * `type TextApi = { segment: { args: SegmentArgs; result: Segmentation; progress: LoadProgress } }`.
 */
interface MethodShape {
  args: unknown;
  result: unknown;
  progress?: unknown;
}

/** A worker's whole interface. Declare it as a `type`, not an `interface`, so that it is indexable. */
export type Api = Record<string, MethodShape>;

/** The progress payload of a method; `never` where it reports none. */
export type ProgressOf<M extends MethodShape> = M extends { progress: infer P } ? P : never;

/** Bytes so far of something that is being fetched; `total` is undefined where the server does not say. */
export interface LoadProgress {
  /** What is loading, in words for the user: a file or tokenizer name. */
  readonly what: string;
  readonly loaded: number;
  readonly total: number | undefined;
}

/** Page -> worker. */
export type Request =
  | { readonly type: 'call'; readonly id: number; readonly method: string; readonly args: unknown }
  | { readonly type: 'abort'; readonly id: number };

/** Worker -> page. `alive` is the first message: it names the lock that the worker holds while it lives. */
export type Response =
  | { readonly type: 'alive'; readonly lock: string }
  | { readonly type: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly type: 'ok'; readonly id: number; readonly value: unknown }
  | { readonly type: 'err'; readonly id: number; readonly error: WireError };
