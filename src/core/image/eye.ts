import * as v from 'valibot';
import { fileSchema } from './manifest-file';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));

/**
 * `public/eye/manifest.json`: a small vision transformer with a class token (training/tokenoscope_training/eye). Its graph
 * takes `image`, float32 [1, 3, height, width], RGB in [0, 1], and gives what `EyeOutput` in engine/eye names. Tokens begin
 * with the class token; patches follow row by row.
 */
export const eyeSchema = v.object({
  schema: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  label: v.string(),
  image: v.object({ width: whole, height: whole }),
  /** Pixels a side. */
  patch: whole,
  /** Numbers of a token. */
  width: whole,
  /** Layers. */
  depth: whole,
  /** Of attention, in each layer. */
  heads: whole,
  /** English names, in the order of the probabilities. */
  classes: v.pipe(v.array(v.string()), v.minLength(2)),
  files: v.object({ graph: fileSchema, data: v.array(fileSchema) }),
  golden: fileSchema,
  /** How often its answer is its teacher's, of held-out pictures; and how often it knows writing. */
  figures: v.object({
    dataset: v.string(),
    agreement: v.number(),
    agreementNamed: v.number(),
    agreementTop5: v.number(),
    writing: v.number(),
  }),
});

/** A parsed and checked description of an eye. */
export type EyeManifest = v.InferOutput<typeof eyeSchema>;
