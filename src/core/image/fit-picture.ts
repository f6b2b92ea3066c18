import { overWhite } from './convert';
import { type CropSquare, cropRect } from './crop';
import { CropResizer } from './crop-resizer';
import type { RgbaImage, RgbImage } from './pixels';

/**
 * A picture as models take it: laid over white, its largest centred part with the target's proportions, resized by an
 * antialiased bicubic filter (as Pillow does). The page does the same, strip by strip.
 * @param target in pixels, such as a model's `manifest.image`
 * @param crop takes this square of the picture instead; what lies outside of the picture is white
 * @param declared the size whose pixels `crop` is in, where it is not the picture's own
 */
export function fitPicture(
  { width, height, data }: RgbaImage,
  target: { readonly width: number; readonly height: number },
  crop?: CropSquare,
  declared?: { readonly width: number; readonly height: number },
): RgbImage {
  const picture = { width, height };
  const resizer = new CropResizer(cropRect(crop, picture, target, declared), picture, target);
  const { inner } = resizer;
  for (let y = inner.y; y < inner.y + inner.height; y++) {
    const start = (y * width + inner.x) * 4;
    const row = data.subarray(start, start + inner.width * 4);
    resizer.push(overWhite({ width: inner.width, height: 1, data: row }).image.data);
  }
  return resizer.finish();
}
