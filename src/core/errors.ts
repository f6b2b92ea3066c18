/**
 * Every failure a user can meet. `message` says what happened, `hint` what to do next; both are shown inline.
 * The code travels across workers, so that callers branch on it and never on words.
 */
export type ErrorCode =
  | 'aborted'
  | 'worker-died'
  | 'internal'
  // pictures
  | 'not-an-image'
  | 'image-truncated'
  | 'image-too-large'
  // models
  | 'model-unknown'
  | 'model-fetch'
  | 'model-corrupt'
  | 'model-run'
  | 'backend-unavailable'
  | 'checkpoint-missing'
  | 'checkpoint-refused'
  | 'checkpoint-too-large'
  // text
  | 'tokenizer-unknown'
  | 'tokenizer-fetch'
  | 'tokenizer-corrupt'
  | 'tokenizer-unsupported'
  | 'tokenizer-too-large'
  | 'tokenizer-stuck'
  | 'text-too-large'
  | 'no-token'
  | 'not-text'
  | 'special-token'
  | 'template-failed'
  | 'fingerprint-invalid'
  | 'piece-too-small'
  | 'query-invalid'
  | 'query-stuck'
  | 'train-empty'
  // files and storage
  | 'file-unreadable'
  | 'storage-full'
  | 'storage-refused'
  // links
  | 'link-malformed'
  | 'link-version'
  | 'link-too-large'
  | 'link-invalid'
  | 'lesson-invalid'
  // command line
  | 'bad-arguments';

/** A failure with a code, in plain words, that survives `postMessage`. */
export class TokenoscopeError extends Error {
  readonly code: ErrorCode;
  /** What the user can do next; empty where there is nothing to do. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'TokenoscopeError';
    this.code = code;
    this.hint = hint;
  }
}

/** The plain form of an error that crosses a worker boundary. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

/** Aborted work is not a failure to show: newer work replaced it. */
export function isAborted(error: unknown): boolean {
  if (error instanceof TokenoscopeError) return error.code === 'aborted';
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Throws `aborted` when the signal has fired. Call it between slices of long work. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new TokenoscopeError('aborted', 'A newer job replaced this one.');
}

/** Any thrown value as plain data for `postMessage`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof TokenoscopeError) {
    return { code: error.code, message: error.message, hint: error.hint };
  }
  if (isAborted(error)) return { code: 'aborted', message: 'A newer job replaced this one.', hint: '' };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, hint: 'Please report this with what you did just before.' };
}

/** The inverse of `toWireError`. */
export function fromWireError(wire: WireError): TokenoscopeError {
  return new TokenoscopeError(wire.code, wire.message, wire.hint);
}
