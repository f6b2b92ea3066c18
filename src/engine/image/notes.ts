import { type CropSquare, cropRect, insideOf } from '../../core/image/crop';
import type { PictureNote } from './image.api';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** For an incomplete file whose present part is shown. */
export const cutNote: PictureNote = {
  code: 'cut',
  text: 'The file ends too early: part of the picture may be missing.',
};

const show = ({ width, height }: Size) => `${width.toLocaleString('en')} × ${height.toLocaleString('en')}`;

/**
 * What happened to a picture on its way into a model, in words.
 * @param source the picture as it was, `target` the model's input, `crop` the square that was used instead of the centre
 */
export function describePicture(
  source: Size,
  target: Size,
  found: { readonly animated: boolean; readonly transparent: boolean; readonly cut?: boolean },
  crop?: CropSquare,
): PictureNote[] {
  const used = cropRect(crop, source, target);
  const inner = insideOf(used, source);
  const notes: PictureNote[] = found.cut ? [cutNote] : [];
  if (found.animated) {
    notes.push({ code: 'animated', text: 'This is an animation; its first frame is used.' });
  }
  if (found.transparent) notes.push({ code: 'transparent', text: 'Transparent parts are shown on white.' });
  if (inner.width !== source.width || inner.height !== source.height) {
    const part = crop ? `A part at ${inner.x}, ${inner.y}` : 'The centre';
    notes.push({ code: 'cropped', text: `${part}, ${show(inner)} of ${show(source)} pixels, is used.` });
  }
  if (inner.width < used.width || inner.height < used.height) {
    notes.push({ code: 'padded', text: 'What the square has beside the picture is white.' });
  }
  if (used.width < target.width || used.height < target.height) {
    notes.push({ code: 'upscaled', text: `Enlarged from ${show(used)} to ${show(target)} pixels.` });
  }
  return notes;
}
