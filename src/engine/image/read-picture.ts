import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { centreCrop, overWhite } from '../../core/image/convert';
import { mendPicture } from '../../core/image/mend';
import { damagedPicture, truncatedPicture } from '../../core/image/picture-errors';
import type { RgbImage } from '../../core/image/pixels';
import { BicubicResizer } from '../../core/image/resize';
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

/**
 * Decodes a picture in a worker, lays it over white, crops its centre and resizes it (bicubic, as Pillow does).
 * @param picture a file, or a bitmap that the page rasterised
 * @param name for messages
 * @param target the model's input size
 * @param declared the size to report where it is not the bitmap's own
 * @throws TokenoscopeError `not-an-image`, `image-truncated`, `image-too-large`, `aborted`
 */
export async function readPicture(
  picture: Blob | ImageBitmap,
  name: string,
  target: Size,
  signal: AbortSignal,
  declared?: Size,
): Promise<ReadPicture> {
  if (!(picture instanceof Blob)) return shrink(picture, declared ?? picture, target, {}, signal);
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
    return await shrink(bitmap, bitmap, target, { animated, cut: mended !== undefined }, signal);
  } finally {
    bitmap.close();
  }
}

async function shrink(
  bitmap: ImageBitmap,
  source: Size,
  target: Size,
  found: { readonly animated?: boolean; readonly cut?: boolean },
  signal: AbortSignal,
): Promise<ReadPicture> {
  const crop = centreCrop(bitmap, target);
  const stripHeight = Math.max(1, Math.min(crop.height, Math.floor(STRIP_PIXELS / crop.width)));
  const canvas = new OffscreenCanvas(crop.width, stripHeight);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new TokenoscopeError(
      'internal',
      'This browser did not provide a canvas to read pixels from.',
      'Reload the page.',
    );
  }
  const resizer = new BicubicResizer(crop.width, crop.height, target.width, target.height);
  let transparent = false;
  for (let y = 0; y < crop.height; y += stripHeight) {
    if (y > 0) await new Promise((resolve) => setTimeout(resolve)); // let other calls, and an abort, in
    throwIfAborted(signal);
    const height = Math.min(stripHeight, crop.height - y);
    context.clearRect(0, 0, crop.width, height);
    context.drawImage(bitmap, crop.x, crop.y + y, crop.width, height, 0, 0, crop.width, height);
    const strip = overWhite(context.getImageData(0, 0, crop.width, height));
    transparent ||= strip.transparent;
    resizer.push(strip.image.data);
  }
  const shown = bitmap.width === source.width ? crop : centreCrop(source, target);
  const notes = describePicture(source, shown, target, { animated: false, ...found, transparent });
  return { image: resizer.finish(), source: { width: source.width, height: source.height }, notes };
}
