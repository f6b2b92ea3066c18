import { type CropSquare, fitSquare, sameSquare, wholeSquare } from '../core/image/crop';
import { badArguments, optional } from './command';

/** Which square of a picture to take: a function of the picture's size, which is known once it has been read. */
export type AskedCrop = (picture: { readonly width: number; readonly height: number }) => CropSquare;

/** `--crop X,Y,SIZE`, or `--crop whole`. */
export const cropOption = optional(
  'X,Y,SIZE',
  'encodes this square, in pixels of the picture as displayed, instead of its centre; "whole": all of it, on white',
  (text, name): AskedCrop => {
    if (text === 'whole') return wholeSquare;
    const [x, y, size, ...more] = text.split(',').map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : -1));
    if (more.length > 0 || [x, y, size].some((each) => each === undefined || each < 0) || size === 0) {
      throw badArguments(`"${text}" in ${name} is not X,Y,SIZE in whole pixels, as 40,0,300, nor "whole".`);
    }
    const crop = { x: x!, y: y!, size: size! };
    return (picture) => {
      const { width, height } = picture;
      if (crop.size > Math.min(width, height) || !sameSquare(crop, fitSquare(crop, picture))) {
        throw badArguments(
          `The square ${text} is not within the picture, which has ${width} x ${height} pixels.`,
        );
      }
      return crop;
    };
  },
);
