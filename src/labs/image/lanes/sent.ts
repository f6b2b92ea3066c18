import * as v from 'valibot';
import { isCodecId } from '../../../core/image/codec-id';
import { CODEC_FILE_LIMIT } from '../../../core/link/limits';
import { idField, type ReadField } from '../../../core/link/read-fields';
import { imageFacts } from '../../../measures/image-facts';
import { type ImageExperiment, LANES_LIMIT, type LaneExperiment } from '../experiment';

/** `z` in a link's head: sizes of codec files by lane, figures that the sender measured, and lanes at second hand. */
const sentField = v.object({
  c: v.optional(
    v.pipe(
      v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(CODEC_FILE_LIMIT))),
      v.maxLength(LANES_LIMIT),
    ),
  ),
  b: v.optional(
    v.pipe(
      v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LANES_LIMIT - 1))),
      v.maxLength(LANES_LIMIT),
    ),
  ),
  m: v.optional(idField),
  g: v.optional(v.pipe(v.array(v.nullable(v.pipe(v.number(), v.finite()))), v.maxLength(LANES_LIMIT))),
});

/** What a link says of its lanes beside their tokens. */
export interface SentFields {
  /** Bytes of each lane's file; 0 where it has none. */
  readonly sizes: readonly number[];
  /** Which lanes encode a reconstruction. */
  readonly secondHand: readonly number[];
  readonly metric: string | undefined;
  readonly figures: readonly (number | null)[];
}

export function readSentFields(read: ReadField): SentFields {
  const { c = [], b = [], m, g = [] } = read('z', sentField, {}, 'what its sender measured');
  const isKnown = imageFacts.some(({ id }) => id === m);
  return { sizes: c, secondHand: b, metric: isKnown ? m : undefined, figures: isKnown ? g : [] };
}

/**
 * The files of a link's codec lanes, which stand behind its tokens.
 * @param lanes the ids of all lanes that the link names, in its order
 * @param problems receives a sentence where they had to be left out
 */
export function readFiles(
  blob: Uint8Array,
  { sizes }: Pick<SentFields, 'sizes'>,
  lanes: readonly string[],
  problems: string[],
): readonly (Uint8Array<ArrayBuffer> | undefined)[] {
  if (blob.length !== sizes.reduce((sum, size) => sum + size, 0)) {
    problems.push('The codecs’ files of this link were left out: they are incomplete.');
    return [];
  }
  let at = 0;
  return lanes.map((id, i) => {
    const size = sizes[i] ?? 0;
    const file = blob.slice(at, at + size);
    at += size;
    return size > 0 && isCodecId(id) ? file : undefined;
  });
}

/** The inverse: the field, and the files one behind the other. */
export function packSent({ lanes, metricOfFigures }: ImageExperiment): {
  readonly field: Readonly<Record<string, unknown>>;
  readonly blob: Uint8Array;
} {
  const files = lanes.map(({ file }) => file ?? new Uint8Array(0));
  const sizes = files.map(({ length }) => length);
  const hasFiles = sizes.some((size) => size > 0);
  const hasFigures = metricOfFigures !== undefined && lanes.some(({ figure }) => figure !== undefined);
  const blob = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const file of files) {
    blob.set(file, at);
    at += file.length;
  }
  const secondHand = lanes.flatMap((lane, at) => (lane.secondHand ? [at] : []));
  if (!hasFiles && !hasFigures && secondHand.length === 0) return { field: {}, blob };
  return {
    field: {
      z: {
        ...(hasFiles ? { c: sizes } : {}),
        ...(secondHand.length > 0 ? { b: secondHand } : {}),
        ...(hasFigures
          ? { m: metricOfFigures, g: lanes.map(({ figure }: LaneExperiment) => figure ?? null) }
          : {}),
      },
    },
    blob,
  };
}
