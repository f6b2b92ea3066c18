import * as v from 'valibot';
import { fileSchema, type ManifestFile } from '../../core/image/manifest-file';
import { parseJson } from '../weights/parse-json';

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** `public/lm/<id>/manifest.json`: everything that the app knows about a language model. */
const manifestSchema = v.object({
  schema: v.literal(1),
  id: v.string(),
  label: v.string(),
  summary: v.string(),
  family: v.literal('decoder'),
  vocabulary: v.object({
    /** What its ids stand for: bytes, or the tokens of the tokenizer.json beside the manifest. */
    kind: v.picklist(['byte', 'bpe']),
    /** Ids that it gives a probability to. */
    symbols: whole(2, 65_536),
    /** The id that a text begins with; it is not part of any text. */
    start: whole(0, 65_536),
  }),
  /** Ids that it sees at most, the start among them. */
  context: v.pipe(whole(16, 8192), v.multipleOf(2)),
  shape: v.object({
    width: whole(1, 8192),
    depth: whole(1, 128),
    heads: whole(1, 128),
    head: whole(1, 1024),
  }),
  files: v.object({
    model: fileSchema,
    data: v.array(fileSchema),
    tokenizer: v.optional(fileSchema),
  }),
  golden: fileSchema,
  figures: v.object({
    /** What was measured, and how. */
    dataset: v.string(),
    bitsPerByte: v.record(v.string(), v.number()),
  }),
  parameters: whole(1, 2 ** 40),
  licence: v.string(),
  training: v.object({
    dataLicence: v.string(),
    /** Where in its training it was kept. */
    moment: v.picklist(['early', 'middle', 'late']),
    /** The share of the training that was done, 0 to 1. */
    progress: v.number(),
    /** Ids that it had read by then. */
    seen: v.number(),
  }),
});

/** A parsed and checked manifest. */
export type LmManifest = v.InferOutput<typeof manifestSchema>;

const goldenSchema = v.object({
  cases: v.pipe(
    v.array(
      v.object({
        text: v.string(),
        ids: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
        /** The natural logarithm of each id's probability. */
        logProbs: v.array(v.number()),
      }),
    ),
    v.minLength(1),
  ),
});

/** `golden.json` beside a manifest: what the Python reference computed. */
export type LmGolden = v.InferOutput<typeof goldenSchema>;

/** The command line reads these files too, where there is no page to reload. */
const HINT = 'Get it again.';

/** Parses a language model's manifest. @throws TokenoscopeError `model-corrupt` that names the field */
export function parseLmManifest(json: string, where: string): LmManifest {
  return parseJson(manifestSchema, json, where, HINT);
}

/** Parses a language model's golden file. @throws TokenoscopeError `model-corrupt` that names the field */
export function parseLmGolden(json: string, where: string): LmGolden {
  return parseJson(goldenSchema, json, where, HINT);
}

/** All files that a model loads besides its manifest, its golden outputs last. */
export function lmFiles({ files, golden }: Pick<LmManifest, 'files' | 'golden'>): ManifestFile[] {
  return [files.model, ...files.data, ...(files.tokenizer ? [files.tokenizer] : []), golden];
}
