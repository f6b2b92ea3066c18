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

const show = ({ width, height }: Size) => `${width.toLocaleString('en')} x ${height.toLocaleString('en')}`;

/**
 * What happened to a picture on its way into a model, in words.
 * @param source the picture as it was, `crop` the part that was used, `target` the model's input
 */
export function describePicture(
  source: Size,
  crop: Size,
  target: Size,
  found: { readonly animated: boolean; readonly transparent: boolean; readonly cut?: boolean },
): PictureNote[] {
  const notes: PictureNote[] = found.cut ? [cutNote] : [];
  if (found.animated) {
    notes.push({ code: 'animated', text: 'This is an animation; its first frame is used.' });
  }
  if (found.transparent) notes.push({ code: 'transparent', text: 'Transparent parts are shown on white.' });
  if (crop.width !== source.width || crop.height !== source.height) {
    notes.push({ code: 'cropped', text: `The centre, ${show(crop)} of ${show(source)} pixels, is used.` });
  }
  if (crop.width < target.width || crop.height < target.height) {
    notes.push({ code: 'upscaled', text: `Enlarged from ${show(crop)} to ${show(target)} pixels.` });
  }
  return notes;
}
