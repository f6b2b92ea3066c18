import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { overWhite } from '../../core/image/convert';
import { type CropSquare, cropRect } from '../../core/image/crop';
import { CropResizer } from '../../core/image/crop-resizer';
import { mendPicture } from '../../core/image/mend';
import { damagedPicture, truncatedPicture } from '../../core/image/picture-errors';
import type { RgbImage } from '../../core/image/pixels';
import { inspectPicture } from '../../core/image/sniff';
import type { PictureNote } from './image.api';
import { describePicture } from './notes';

/** Pixels read back from the canvas at a time: 16 MB. */
const STRIP_PIXELS = 4_000_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture cropped and resized to a model's input, with its original size. */
export interface ReadPicture {
  readonly image: RgbImage;
  readonly source: Size;
  readonly notes: readonly PictureNote[];
}

/** What to read of a picture, where it is not the centre of what there is. */
interface ReadOptions {
  /** The size to report where it is not the bitmap's own. */
  readonly declared?: Size | undefined;
  /** The square to use, in pixels of the picture as displayed. */
  readonly crop?: CropSquare | undefined;
}

/**
 * Decodes a picture in a worker, lays it over white, crops its centre and resizes it (bicubic, as Pillow does).
 * @param picture a file, or a bitmap that the page rasterised
 * @param name for messages
 * @param target the model's input size
 * @throws TokenoscopeError `not-an-image`, `image-truncated`, `image-too-large`, `aborted`
 */
export async function readPicture(
  picture: Blob | ImageBitmap,
  name: string,
  target: Size,
  signal: AbortSignal,
  { declared, crop }: ReadOptions = {},
): Promise<ReadPicture> {
  if (!(picture instanceof Blob)) return shrink(picture, declared ?? picture, target, { crop }, signal);
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const { format, animated, truncated } = inspectPicture(bytes, name);
  const mended = truncated ? mendPicture(bytes, format) : undefined;
  let bitmap: ImageBitmap;
  try {
    // The browser looks at the bytes and ignores the blob's type, which came from the name and may be wrong.
    bitmap = await createImageBitmap(mended ? new Blob([mended]) : picture, {
      imageOrientation: 'from-image',
    });
  } catch {
    throw truncated ? truncatedPicture(name, format) : damagedPicture(name, format);
  }
  try {
    return await shrink(bitmap, bitmap, target, { animated, cut: mended !== undefined, crop }, signal);
  } finally {
    bitmap.close();
  }
}

interface Found {
  readonly animated?: boolean;
  readonly cut?: boolean;
  readonly crop: CropSquare | undefined;
}

async function shrink(
  bitmap: ImageBitmap,
  source: Size,
  target: Size,
  { crop, ...found }: Found,
  signal: AbortSignal,
): Promise<ReadPicture> {
  const resizer = new CropResizer(cropRect(crop, bitmap, target, source), bitmap, target);
  const { inner } = resizer;
  const stripHeight = Math.max(1, Math.min(inner.height, Math.floor(STRIP_PIXELS / inner.width)));
  const canvas = new OffscreenCanvas(inner.width, stripHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new TokenoscopeError(
      'internal',
      'This browser did not provide a canvas to read pixels from.',
      'Reload the page.',
    );
  }
  let transparent = false;
  for (let y = 0; y < inner.height; y += stripHeight) {
    if (y > 0) await new Promise((resolve) => setTimeout(resolve)); // let other calls, and an abort, in
    throwIfAborted(signal);
    const height = Math.min(stripHeight, inner.height - y);
    context.clearRect(0, 0, inner.width, height);
    context.drawImage(bitmap, inner.x, inner.y + y, inner.width, height, 0, 0, inner.width, height);
    const strip = overWhite(context.getImageData(0, 0, inner.width, height));
    transparent ||= strip.transparent;
    resizer.push(strip.image.data);
  }
  const notes = describePicture(source, target, { animated: false, ...found, transparent }, crop);
  return { image: resizer.finish(), source: { width: source.width, height: source.height }, notes };
}
