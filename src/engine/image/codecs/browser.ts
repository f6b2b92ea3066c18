import { TokenoscopeError } from '../../../core/errors';
import { inspectPicture } from '../../../core/image/sniff';
import type { Codec } from './codec';
import { byQuality } from './ladder';
import { strangeFile } from './strange-file';

/** One of the browser's own codecs, by a canvas. @param type as `image/webp` @param label for messages */
export function browserCodec(type: string, label: string): Codec {
  return byQuality({
    most: 100,
    async open() {
      const canvas = new OffscreenCanvas(1, 1);
      canvas.getContext('2d');
      // A canvas answers PNG for what it cannot write.
      const { type: written } = await canvas.convertToBlob({ type });
      if (written === type) return;
      throw new TokenoscopeError(
        'internal',
        `This browser does not write ${label}.`,
        'Choose another codec, or open the page in another browser.',
      );
    },
    async encodeAt({ width, height, rgba }, quality) {
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
      const blob = await canvas.convertToBlob({ type, quality: quality / 100 });
      return new Uint8Array(await blob.arrayBuffer());
    },
    decode: (bytes, size) => decodeByBrowser(bytes, size, label),
  });
}

/** Decodes what browsers show. The size is read from the file first, so that none of another size is decoded. */
async function decodeByBrowser(
  bytes: Uint8Array<ArrayBuffer>,
  size: { readonly width: number; readonly height: number },
  label: string,
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  let bitmap: ImageBitmap;
  try {
    const { format, width, height } = inspectPicture(bytes, '');
    if (format !== label || width !== size.width || height !== size.height) throw strangeFile(label, size);
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    throw strangeFile(label, size);
  }
  try {
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, size.width, size.height).data as Uint8ClampedArray<ArrayBuffer>;
  } finally {
    bitmap.close();
  }
}
