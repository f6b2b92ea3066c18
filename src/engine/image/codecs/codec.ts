/** What a codec is, known to the page without loading what encodes. */
export interface CodecFacts {
  /** Part of links (`codec:id`): it never changes. */
  readonly id: string;
  readonly label: string;
  /** One short sentence for menus. */
  readonly note: string;
  /** Of what encodes, by SPDX; of the browser's own encoders, that they are the browser's. */
  readonly licence: string;
  /** What is loaded with the first file, in bytes; 0 for what the browser brings. */
  readonly bytes: number;
  /** Whether its files have any size, or one that belongs to the format. */
  readonly sizes: 'many' | 'one';
  /** Place in lists: small first. */
  readonly place: number;
}

/** A picture to encode: opaque RGBA. */
export interface CodecPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A file, and what is decoded from it: opaque RGBA of the picture's size. */
export interface CodecFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** Whether the codec, at its lowest quality, makes no smaller file of this picture. */
  readonly isSmallest: boolean;
}

/** A codec at work, in the codecs' worker. */
export interface Codec {
  /** Loads what it needs. @throws where this browser has none of it */
  open(): Promise<void>;
  /**
   * The file whose size is nearest to what is asked for.
   * @param picture the same object for the same picture: files of other sizes are kept with it
   */
  encode(picture: CodecPicture, targetBytes: number, signal: AbortSignal): Promise<CodecFile>;
  /**
   * Decodes a file that came from elsewhere.
   * @returns RGBA of that size
   * @throws where it is not a file of this codec, or of a picture of another size
   */
  decode(
    bytes: Uint8Array<ArrayBuffer>,
    size: Pick<CodecPicture, 'width' | 'height'>,
  ): Promise<Uint8ClampedArray<ArrayBuffer>>;
}
