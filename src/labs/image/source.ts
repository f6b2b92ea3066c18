import { samples } from '../../catalog/pictures';
import { type CropSquare, sameSquare } from '../../core/image/crop';
import type { CodecFacts } from '../../engine/image/codecs/codec';
import { hashBytes } from '../../engine/image/hash';
import type { Frame } from '../../engine/image/image.api';
import type { Player } from '../../engine/image/player';
import type { LaneExperiment } from './experiment';

/** One row of tokens that came in a link, and the models that it was made or shown with. */
export interface TokenRow {
  readonly ids: Uint32Array;
  /** Bits that an id takes. */
  readonly bits: number;
  readonly models: readonly {
    readonly id: string;
    /** First 8 hex digits of the decoder's sha256; empty where the link does not say. */
    readonly hash: string;
  }[];
}

/** Where a picture comes from. */
export type ImageSource =
  | { readonly kind: 'sample'; readonly id: string; readonly crop?: CropSquare | undefined }
  /** A picture that came in a link, as its tokens, and what else the link says of it. */
  | { readonly kind: 'tokens'; readonly rows: readonly TokenRow[]; readonly sent?: Sent }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly file: Blob;
      readonly notes: readonly LabNote[];
      /** The square that is encoded; the centre where it is absent. */
      readonly crop?: CropSquare | undefined;
    };

/** What a link says of its lanes beside their tokens. */
export interface Sent {
  /** The position that it was sent at. */
  readonly k: number;
  /** By which measure the figures are. */
  readonly metric?: string | undefined;
  readonly lanes: readonly Pick<LaneExperiment, 'model' | 'file' | 'figure' | 'secondHand'>[];
}

/** A remark about a picture that opened: upscaled, animated, made by another version, ... */
export interface LabNote {
  readonly code: string;
  readonly text: string;
}

/** A picture as one model has it: its tokens, and its pixels where they are known. */
export interface OpenPicture {
  readonly model: string;
  readonly source: ImageSource;
  /** What to call it. */
  readonly label: string;
  /** Empty where a codec shows it. */
  readonly ids: Uint32Array;
  /** The picture's own tokens, where `ids` were edited. */
  readonly own?: Uint32Array;
  /** Set where a codec shows it, which has no tokens. */
  readonly codec?: OpenCodec;
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
  /** The reconstruction that was encoded in the photograph's place; absent where it was not. */
  readonly basis?: Basis;
}

/** A picture whose last tokens are still being computed: what of it can be seen. */
export interface Begun extends Pick<OpenPicture, 'label' | 'width' | 'height' | 'original'> {
  readonly frame: Frame;
  /** How many tokens it will have. */
  readonly ids: { readonly length: number };
}

/** A reconstruction from all tokens of a link: opaque RGBA. */
export interface Basis {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** What is said of a picture whose tokens are those of a reconstruction. */
export const secondHandNote: LabNote = {
  code: 'second-hand',
  text: 'Encodes the reconstruction, not the photograph.',
};

/** Whether its tokens are those of a reconstruction. */
export function isSecondHand({ notes }: Pick<OpenPicture, 'notes'>): boolean {
  return notes.some(({ code }) => code === secondHandNote.code);
}

/** What a codec's lane plays. */
export interface OpenCodec {
  readonly facts: CodecFacts;
  /** Most bytes to ask it for. */
  readonly most: number;
  /** The file that came in a link, where that is all there is to show. */
  readonly linked?: Uint8Array<ArrayBuffer>;
  play(): Player;
}

/** The largest position of a picture: its number of tokens, or the most bytes that a codec is asked for. */
export function positionsOf({ ids, codec }: Pick<OpenPicture, 'ids' | 'codec'>): number {
  return codec?.most ?? ids.length;
}

/** What to call a picture before it is open. */
export function nameOf(source: ImageSource | null): string {
  if (source?.kind === 'sample') return samples.find(({ id }) => id === source.id)?.label ?? 'the picture';
  return (source?.kind === 'file' && source.name) || 'the picture';
}

/** Whether two sources are the same picture, also by different squares of it. */
export function samePicture(a: ImageSource, b: ImageSource): boolean {
  return sameSource(uncropped(a), uncropped(b));
}

function uncropped(source: ImageSource): ImageSource {
  return source.kind === 'tokens' ? source : { ...source, crop: undefined };
}

/** Whether two sources are the same part of the same picture. */
export function sameSource(a: ImageSource | null, b: ImageSource | null): boolean {
  if (a === b) return true;
  if (a?.kind === 'sample' && b?.kind === 'sample') return a.id === b.id && sameSquare(a.crop, b.crop);
  if (a?.kind === 'file' && b?.kind === 'file') return a.file === b.file && sameSquare(a.crop, b.crop);
  if (a?.kind === 'tokens' && b?.kind === 'tokens') {
    return a.rows.some((row) => b.rows.some((other) => sameIds(row.ids, other.ids)));
  }
  return false;
}

export function sameIds(a: Uint32Array, b: Uint32Array): boolean {
  return (
    a === b || (a.length === b.length && hashBytes(a) === hashBytes(b) && a.every((id, i) => id === b[i]))
  );
}
