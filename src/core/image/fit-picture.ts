import { centreCrop, overWhite } from './convert';
import type { RgbaImage, RgbImage } from './pixels';
import { BicubicResizer } from './resize';

/**
 * A picture as models take it: laid over white, its largest centred part with the target's proportions, resized by an
 * antialiased bicubic filter (as Pillow does). The page does the same, strip by strip.
 * @param target in pixels, such as a model's `manifest.image`
 */
export function fitPicture(
  { width, height, data }: RgbaImage,
  target: { readonly width: number; readonly height: number },
): RgbImage {
  const crop = centreCrop({ width, height }, target);
  const resizer = new BicubicResizer(crop.width, crop.height, target.width, target.height);
  for (let y = crop.y; y < crop.y + crop.height; y++) {
    const start = (y * width + crop.x) * 4;
    const row = data.subarray(start, start + crop.width * 4);
    resizer.push(overWhite({ width: crop.width, height: 1, data: row }).image.data);
  }
  return resizer.finish();
}
