import type { RgbImage } from '../../core/image/pixels';
import type { ImageModel } from './model';

/** A model's result for the fixed picture: its ids, and the 8-bit RGB decoded from all of them. */
export interface Reference {
  readonly ids: Uint32Array;
  readonly rgb: Uint8Array;
}

/** Largest allowed difference of an 8-bit value. Both sides compute in 32-bit floats. */
const TOLERANCE = 2;
/** Share of ids that may differ: if two entries are equally near, the order of additions decides. */
const SHARE = 1 / 32;

/** A picture with smooth parts, an edge and fine stripes, the same everywhere. */
function fixedPicture(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const inside = (2 * x - width) ** 2 + (2 * y - height) ** 2 < (width * height) / 4;
      data[at] = Math.floor((255 * x) / width);
      data[at + 1] = inside ? 220 : Math.floor((255 * y) / height);
      data[at + 2] = ((x >> 2) + (y >> 3)) % 2 === 0 ? 60 : 180;
    }
  }
  return { width, height, data };
}

/** A model that samples is compared after one step: all its graphs have run, and a CPU would take minutes for more. */
const samplingOf = ({ manifest }: ImageModel) => (manifest.sampler ? { steps: 1 } : {});

/** Runs a model on the fixed picture. */
export async function computeReference(model: ImageModel, signal?: AbortSignal): Promise<Reference> {
  const { width, height } = model.manifest.image;
  const ids = await model.encode(fixedPicture(width, height), signal);
  const { data } = await model.decode(ids, model.manifest.tokens.count, { ...samplingOf(model), signal });
  return { ids, rgb: data };
}

/**
 * Runs a model on the fixed picture and compares with what another backend computed, as
 * bundled models are checked by their golden data.
 * @returns what differs, as half a sentence; undefined where all agrees
 */
export async function findReferenceDifference(
  model: ImageModel,
  reference: Reference,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { width, height } = model.manifest.image;
  const { count } = model.manifest.tokens;
  const ids = await model.encode(fixedPicture(width, height), signal);
  const wrong = ids.reduce((sum, id, i) => sum + (id === reference.ids[i] ? 0 : 1), 0);
  if (ids.length !== reference.ids.length || wrong > count * SHARE) {
    return `${wrong} of ${count} tokens of a fixed picture differ`;
  }
  // Both decode the same ids, so that a near tie does not count twice.
  const { data } = await model.decode(reference.ids, count, { ...samplingOf(model), signal });
  const most = data.reduce((sum, value, i) => Math.max(sum, Math.abs(value - reference.rgb[i]!)), 0);
  return most > TOLERANCE
    ? `a fixed picture differs by ${most} of 255 levels (at most ${TOLERANCE} expected)`
    : undefined;
}
