import type { LabModels } from '../models';
import { type OpenPicture, sameIds } from '../source';

/** Tokens that are shown instead of a picture's own. */
export interface Edited {
  readonly ids: Uint32Array;
  /** Those of the picture, by which it is known again. */
  readonly own: Uint32Array;
  /** The model that makes them. */
  readonly model: string;
}

type Models = Pick<LabModels, 'sharesTokens'>;

/**
 * What is shown of a picture that opens.
 * @param picture with its own tokens
 * @param wanted what is asked for instead of them
 * @param before what was shown until now; it stays if it belongs to these tokens
 */
export function editOf(
  picture: OpenPicture,
  wanted: Uint32Array | null,
  before: Edited | null,
  models: Models,
): Edited | null {
  const { ids: own, model } = picture;
  if (wanted)
    return wanted.length !== own.length || sameIds(wanted, own) ? null : { ids: wanted, own, model };
  return before && belongs(before, picture, models) ? before : null;
}

/** A picture with the tokens that are shown instead of its own, if these are the ones that were edited. */
export function withEdit(picture: OpenPicture, edited: Edited | null, models: Models): OpenPicture {
  if (!edited || !belongs(edited, picture, models)) return picture;
  return { ...picture, ids: edited.ids, own: picture.ids };
}

/** A picture with its own tokens again. */
export function unedited(picture: OpenPicture): OpenPicture {
  if (!picture.own) return picture;
  const { own, ...rest } = picture;
  return { ...rest, ids: own };
}

function belongs({ own, model }: Edited, picture: OpenPicture, models: Models): boolean {
  return models.sharesTokens(model, picture.model) && sameIds(own, picture.ids);
}
