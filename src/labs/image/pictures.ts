import { hashBytes } from '../../engine/image/hash';
import type { ImageSource, LabNote } from './store';

/** A picture as the lab holds it: its tokens, and its pixels where they are known. */
export interface OpenPicture {
  readonly model: string;
  readonly source: ImageSource;
  /** What to call it. */
  readonly label: string;
  readonly ids: Uint32Array;
  /** The model's picture size. */
  readonly width: number;
  readonly height: number;
  /** RGBA as the model sees it; null for tokens that came in a link. */
  readonly original: Uint8ClampedArray<ArrayBuffer> | null;
  /** Size of the file's picture and of the file; null where there is no original. */
  readonly size: { readonly width: number; readonly height: number; readonly bytes: number } | null;
  readonly notes: readonly LabNote[];
  /** The file itself, for another model. */
  readonly file: Blob | null;
}

/** Pictures opened in this visit, newest last, so that Back brings an original back that no link can hold. */
const KEPT = 16;
const recent: OpenPicture[] = [];

export function remember(picture: OpenPicture): void {
  const at = recent.findIndex((other) => same(other, picture.model, picture.source, picture.ids));
  if (at >= 0) recent.splice(at, 1);
  recent.push(picture);
  if (recent.length > KEPT) recent.shift();
}

/** A picture opened before: a sample by its id, tokens by their values (also those of a file or a sample). */
export function recall(model: string, source: ImageSource): OpenPicture | undefined {
  if (source.kind === 'file') return undefined; // the same name may be another picture
  const ids = source.kind === 'tokens' ? source.ids : undefined;
  const matches = recent.filter((picture) => same(picture, model, source, ids));
  return matches.find((picture) => picture.original) ?? matches[0];
}

/** What a model made of pictures does not hold any more: its weights are others now. */
export function forget(model: string): void {
  recent.splice(0, recent.length, ...recent.filter((picture) => picture.model !== model));
}

function same(
  picture: OpenPicture,
  model: string,
  source: ImageSource,
  ids: Uint32Array | undefined,
): boolean {
  if (picture.model !== model) return false;
  if (source.kind === 'sample') return picture.source.kind === 'sample' && picture.source.id === source.id;
  return ids !== undefined && sameIds(picture.ids, ids);
}

export function sameIds(a: Uint32Array, b: Uint32Array): boolean {
  return (
    a === b || (a.length === b.length && hashBytes(a) === hashBytes(b) && a.every((id, i) => id === b[i]))
  );
}
