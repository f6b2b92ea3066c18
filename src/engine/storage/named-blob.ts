/** A file that a visitor gave: a handle, whose bytes stay on disk until a worker reads them. */
export interface NamedBlob {
  readonly name: string;
  readonly content: Blob;
}
