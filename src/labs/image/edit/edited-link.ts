import * as v from 'valibot';
import type { ReadField } from '../../../core/link/read-fields';
import { type ImageExperiment, LANES_LIMIT } from '../experiment';

/** The sample's own tokens need not travel. */
const SAMPLE = -1;

/** What a link's head says of edited tokens. */
export interface EditField {
  readonly x?: number;
}

/**
 * Edited tokens as a link holds them: the rows have what is shown, so that it is seen wherever the link opens, and `x`
 * says which row is the picture's own (-1 where the head names the sample that it is).
 */
export function foldEdit(image: ImageExperiment): {
  readonly image: ImageExperiment;
  readonly field: EditField;
} {
  const { edited, source, lanes, ...rest } = image;
  if (!edited || !source) return { image, field: {} };
  if (source.kind === 'sample') {
    const shown = lanes.map((lane, i) => (i === 0 ? { ...lane, row: 0 } : lane));
    return {
      image: { ...rest, lanes: shown, source: { kind: 'tokens', rows: [edited] } },
      field: { x: SAMPLE },
    };
  }
  const at = lanes[0]!.row;
  const own = at === undefined ? undefined : source.rows[at];
  const rows = source.rows.map((row, i) => (i === at ? edited : row));
  // As many rows as a link can hold: what is shown travels, and the way back does not.
  const hasRoom = own !== undefined && rows.length < LANES_LIMIT;
  return {
    image: { ...rest, lanes, source: { kind: 'tokens', rows: hasRoom ? [...rows, own] : rows } },
    field: hasRoom ? { x: rows.length } : {},
  };
}

/** Reads `x`; undefined where nothing was edited. */
export function readEditField(read: ReadField): number | undefined {
  const row = v.pipe(v.number(), v.integer(), v.minValue(SAMPLE), v.maxValue(LANES_LIMIT - 1));
  return read('x', v.nullable(row), null, 'which of its tokens were edited') ?? undefined;
}

/**
 * The inverse of `foldEdit`.
 * @param image with the rows as they are in the link
 * @param x what the head says
 * @param own the row that `x` names, in `image`; undefined where there is none
 * @param sample what the head names, where `x` says so
 */
export function unfoldEdit(
  image: ImageExperiment,
  x: number | undefined,
  own: number | undefined,
  sample: () => ImageExperiment['source'],
): ImageExperiment {
  const { source, lanes } = image;
  const at = lanes[0]!.row;
  if (x === undefined || source?.kind !== 'tokens' || at === undefined) return image;
  const edited = source.rows[at]!;
  if (x === SAMPLE) {
    const named = sample();
    if (named?.kind !== 'sample') return image;
    return { ...image, lanes: lanes.map(({ row: _, ...lane }) => lane), source: named, edited };
  }
  if (own === undefined || own === at || source.rows[own]!.ids.length !== edited.ids.length) return image;
  const rows = source.rows.map((row, i) => (i === at ? source.rows[own]! : row)).filter((_, i) => i !== own);
  const moved = lanes.map((lane) =>
    lane.row === undefined || lane.row < own ? lane : { ...lane, row: lane.row === own ? at : lane.row - 1 },
  );
  return { ...image, lanes: moved, source: { kind: 'tokens', rows }, edited };
}
