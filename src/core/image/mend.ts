import type { PictureFormat } from './formats/bytes';
import { mendBmp } from './formats/mend-bmp';
import { mendGif } from './formats/mend-gif';
import { mendJpeg } from './formats/mend-jpeg';
import { mendPng } from './formats/mend-png';

/**
 * Completes a picture file that ends too early so that decoders accept it: what is there stays as it is, what is
 * missing becomes grey (the first colour of a palette, black below 8 bits). Needed because decoders of files are
 * strict, though browsers show such files in pages.
 * @param bytes a file that `inspectPicture` calls truncated
 * @returns undefined if nothing can be shown: WebP and AVIF, whose data cannot be completed
 */
export function mendPicture(bytes: Uint8Array, format: PictureFormat): Uint8Array<ArrayBuffer> | undefined {
  switch (format) {
    case 'JPEG':
      return mendJpeg(bytes);
    case 'PNG':
      return mendPng(bytes);
    case 'GIF':
      return mendGif(bytes);
    case 'BMP':
      return mendBmp(bytes);
    default:
      return undefined;
  }
}
