import * as v from 'valibot';
import { fileSchema } from './manifest-file';

/**
 * `public/measures/<id>/measure.json`: a learned measure of the perceptual distance of two pictures. Its graph
 * takes `a` and `b`, float32 [1, 3, height, width], RGB in [0, 1], and gives `distance` float32 [1]: 0 for equal
 * pictures, larger for pictures further apart.
 */
export const measureSchema = v.object({
  schema: v.literal(1),
  /** The folder's name; it never changes, because it is part of saved results. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  label: v.string(),
  files: v.object({ graph: fileSchema, data: v.array(fileSchema) }),
  image: v.object({ width: v.pipe(v.number(), v.integer()), height: v.pipe(v.number(), v.integer()) }),
  /** What a distance of 1 is. */
  scale: v.string(),
});

/** A parsed and checked description of a measure. */
export type MeasureManifest = v.InferOutput<typeof measureSchema>;
