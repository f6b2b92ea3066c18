import * as v from 'valibot';

/** A file beside a manifest. */
export const fileSchema = v.object({
  /** Path beside the manifest. */
  path: v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'a plain file name')),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a sha256 in hex')),
});

/**
 * `public/models/<id>/manifest.json`: all that the app knows about an image tokenizer.
 *
 * The graphs' contract, the same for every model:
 * - encoder: `image` float32 [1, 3, height, width], RGB in [0, 1] -> `ids` int32 [1, count]
 * - decoder: `ids` int32 [1, count] (entries from `k` on are ignored) and `k` int32 [1] -> `image` as above
 *   (clamped by the caller)
 * - both may point into the files of `data` as ONNX external data, by their `path`
 */
export const manifestSchema = v.object({
  schema: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  label: v.string(),
  /** One sentence for the picker. */
  summary: v.string(),
  family: v.string(),
  image: v.object({ width: v.pipe(v.number(), v.integer()), height: v.pipe(v.number(), v.integer()) }),
  tokens: v.object({
    /** K, the full length. */
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
    /** Bits a token takes in a link or a file. */
    bits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)),
    codebookSize: v.pipe(v.number(), v.integer(), v.minValue(2)),
    /** True where any prefix length k decodes. */
    ordered: v.boolean(),
  }),
  files: v.object({ encoder: fileSchema, decoder: fileSchema, data: v.array(fileSchema) }),
  golden: v.optional(fileSchema),
  /** PSNR in dB on the held-out set, by k. */
  figures: v.optional(v.object({ dataset: v.string(), psnr: v.record(v.string(), v.number()) })),
  parameters: v.optional(v.number()),
  decodeMflop: v.optional(v.number()),
  licence: v.string(),
  training: v.object({
    data: v.string(),
    dataLicence: v.string(),
    command: v.string(),
    seed: v.number(),
    revision: v.string(),
  }),
});

/** A parsed and checked manifest. */
export type ModelManifest = v.InferOutput<typeof manifestSchema>;

/** What running a model needs to know of it. */
export type ModelDescription = Pick<ModelManifest, 'id' | 'label' | 'image' | 'tokens'>;

/**
 * `golden.json` beside a manifest: what the Python reference computed. Pictures are base64 of 8-bit RGB of
 * the manifest's width and height.
 */
export const goldenSchema = v.object({
  cases: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        rgb: v.string(),
        ids: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
        outputs: v.array(v.object({ k: v.pipe(v.number(), v.integer(), v.minValue(1)), rgb: v.string() })),
      }),
    ),
    v.minLength(1),
  ),
  /** Largest allowed difference of an 8-bit value, per backend. */
  tolerance: v.object({ wasm: v.number(), webgpu: v.number(), node: v.number() }),
});

/** A parsed golden file. */
export type Golden = v.InferOutput<typeof goldenSchema>;
