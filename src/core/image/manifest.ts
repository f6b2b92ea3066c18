import * as v from 'valibot';
import { fileSchema } from './manifest-file';
import { LARGEST_SEED } from './noise';
import { MOST_GUIDANCE, MOST_STEPS } from './sampling';

const wholeNumber = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const stepsSchema = v.union([wholeNumber(1, MOST_STEPS), v.literal('distilled')]);

const guidanceSchema = v.pipe(v.number(), v.minValue(1), v.maxValue(MOST_GUIDANCE));

/** 16 MB, so that a damaged manifest cannot request all memory. */
const MOST_NOISE = 2 ** 22;

const samplerFacts = {
  method: v.literal('euler'),
  /** Shape of the noise. */
  noise: v.pipe(
    v.array(wholeNumber(1, MOST_NOISE)),
    v.minLength(1),
    v.maxLength(8),
    v.check(
      (dims) => dims.reduce((product, dim) => product * dim, 1) <= MOST_NOISE,
      `more than ${MOST_NOISE} values`,
    ),
  ),
  /** What the page offers. */
  steps: v.pipe(
    v.array(wholeNumber(1, MOST_STEPS)),
    v.minLength(1, 'no number of steps to choose'),
    v.maxLength(16),
    v.check((steps) => steps.every((n, i) => i === 0 || n > steps[i - 1]!), 'not ascending'),
  ),
  default: stepsSchema,
  /** Set where the velocity with tokens is compared with the one without them. */
  guidance: v.optional(
    v.object({
      default: guidanceSchema,
      offered: v.pipe(v.array(guidanceSchema), v.minLength(1), v.maxLength(16)),
    }),
  ),
  /** One step that replaces several: trained on the flow's own pictures. */
  distilled: v.optional(fileSchema),
  /** Arithmetic of one velocity. */
  stepMflop: v.optional(v.number()),
};

interface Offered {
  readonly steps: readonly number[];
  readonly default: number | 'distilled';
  readonly distilled?: unknown;
}

const offersDefault = ({ steps, default: usual, distilled }: Offered) =>
  usual === 'distilled' ? distilled !== undefined : steps.includes(usual);
const NOT_OFFERED = 'the default is not among the steps that can be chosen';

/**
 * How a flow model draws: seeded noise x becomes a picture in N Euler steps of a rectified flow (Liu, Gong and
 * Liu 2022), for i = 0..N-1: x -= velocity(x, t = 1 - i/N) / N. The noise decides what the tokens leave open.
 *
 * Graphs beside the encoder, with static shapes:
 * - start: `ids` int32 [1, count], `k` int32 [1], `noise` float32 [noise], standard normal
 *   -> `x` float32 [noise], `condition` float32 of any shape
 * - velocity: `x`, `condition`, `k`, `t` float32 [1] -> `velocity` float32 [noise]
 * - distilled: the same; runs once, with t = 1: x -= velocity
 * - the decoder of `files` then takes `x` and `condition` instead of `ids` and `k`
 * - where it is guided, start also gives `blank`, a condition that tells nothing; the velocity is asked a second time with
 *   it and k = 0, and what the tokens change is enlarged (engine/image/guidance.ts)
 */
const samplerSchema = v.pipe(
  v.object({ ...samplerFacts, start: fileSchema, velocity: fileSchema }),
  v.check((sampler) => offersDefault(sampler), NOT_OFFERED),
);

/** The same of a checkpoint, whose graphs are built and no files. */
export const builtSamplerSchema = v.pipe(
  v.object({ ...samplerFacts, start: v.optional(fileSchema), velocity: v.optional(fileSchema) }),
  v.check((sampler) => offersDefault(sampler), NOT_OFFERED),
);

/**
 * `public/models/<id>/manifest.json`: everything that the app knows about an image tokenizer.
 *
 * The graphs' contract, the same for every model:
 * - encoder: `image` float32 [1, 3, height, width], RGB in [0, 1] -> `ids` int32 [1, count]
 * - decoder: `ids` int32 [1, count] (entries from `k` on are ignored) and `k` int32 [1] -> `image` as above
 *   (clamped by the caller); a model with a `sampler` has more graphs, see there
 * - all may point into the files of `data` as ONNX external data, by their `path`
 */
export const manifestSchema = v.object({
  schema: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  label: v.string(),
  /** One sentence for the picker. */
  summary: v.string(),
  family: v.string(),
  /** Set where the model is made for one kind of picture only. */
  suits: v.optional(
    v.object({
      /** The kind, as in "is for writing only". */
      what: v.string(),
      /** Id of a sample picture of that kind. */
      sample: v.string(),
    }),
  ),
  image: v.object({ width: v.pipe(v.number(), v.integer()), height: v.pipe(v.number(), v.integer()) }),
  tokens: v.object({
    /** K, the full length. */
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
    /** Bits a token takes in a link or a file. */
    bits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)),
    codebookSize: v.pipe(v.number(), v.integer(), v.minValue(2)),
    /** True where any prefix length k decodes. */
    ordered: v.boolean(),
    /** Set for continuous tokens: a token is this many ids that follow each other, one for each of its numbers. */
    numbers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
    /** Set for models that decide themselves which tokens a picture needs. */
    unused: v.optional(
      v.object({
        /** The id of a token that is not needed, one of `codebookSize`. */
        id: v.pipe(v.number(), v.integer(), v.minValue(0)),
        /** The mean absolute error of pixels, in [0, 1], that the encoder aims at. */
        error: v.number(),
      }),
    ),
  }),
  files: v.object({ encoder: fileSchema, decoder: fileSchema, data: v.array(fileSchema) }),
  /**
   * Earlier builds that draw the very same pictures, stored otherwise: the first 8 hex digits of their decoders' sha256,
   * as links have them.
   */
  sameAs: v.optional(v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)))),
  /** Set for models that sample their pictures. */
  sampler: v.optional(samplerSchema),
  golden: v.optional(fileSchema),
  /** PSNR in dB on the held-out set, by k; of a sampler at its default steps with seed 0. */
  figures: v.optional(v.object({ dataset: v.string(), psnr: v.record(v.string(), v.number()) })),
  parameters: v.optional(v.number()),
  /** Arithmetic of a decode; of a sampler at its default steps. */
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

/** How a model samples, whether its graphs are files or built. */
export type SamplerDescription = v.InferOutput<typeof builtSamplerSchema>;

/** The parts of a manifest that running a model needs. */
export type ModelDescription = Pick<ModelManifest, 'id' | 'label' | 'image' | 'tokens'> & {
  readonly sampler?: SamplerDescription | undefined;
};

/**
 * `golden.json` beside a manifest, or `golden.pack`, the same gzipped: what the Python reference computed. Pictures are base64 of 8-bit RGB of
 * the manifest's width and height.
 */
export const goldenSchema = v.object({
  cases: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        rgb: v.string(),
        ids: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
        outputs: v.array(
          v.object({
            k: v.pipe(v.number(), v.integer(), v.minValue(1)),
            rgb: v.string(),
            /** Of a sampler; its default where not given. */
            steps: v.optional(stepsSchema),
            /** Of a sampler; 0 where not given. */
            seed: v.optional(wholeNumber(0, LARGEST_SEED)),
          }),
        ),
      }),
    ),
    v.minLength(1),
  ),
  /** Largest allowed difference of an 8-bit value, per backend. */
  tolerance: v.object({ wasm: v.number(), webgpu: v.number(), node: v.number() }),
});

/** A parsed golden file. */
export type Golden = v.InferOutput<typeof goldenSchema>;
