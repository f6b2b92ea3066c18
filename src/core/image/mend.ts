import type { PictureFormat } from './formats/bytes';
import { mendBmp } from './formats/mend-bmp';
import { mendGif } from './formats/mend-gif';
import { mendJpeg } from './formats/mend-jpeg';
import { mendPng } from './formats/mend-png';

/**
 * A picture file that ends too early, completed so that decoders take it: what is there stays as it is, what is
 * missing becomes grey (the first colour of a palette, black below 8 bits). Decoders of files read strictly, though
 * browsers show such files in pages.
 * @param bytes a file that `inspectPicture` calls truncated
 * @returns undefined where nothing can be shown of it: WebP and AVIF, whose data cannot be completed
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
