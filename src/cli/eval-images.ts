import { constants } from 'node:fs';
import { access, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TokenoscopeError } from '../core/errors';
import type { RgbImage } from '../core/image/pixels';
import { resolveSampling, type Sampling, type Steps } from '../core/image/sampling';
import { dearMeasures, imageMeasures, measure } from '../measures/image-measures';
import type { ImageModel } from '../package/image-types';
import type * as Codecs from './codecs';
import { badArguments, defineCommand, optional, required, wholeNumber, withDefault } from './command';
import { type Evaluation, evaluationTable, type Score } from './eval-table';
import type { CliIo } from './io';
import { createImageTools } from './measures';
import { openModelArgument } from './model-argument';
import type { readPictureFile } from './picture-file';
import { manyStepsOption, seedOption } from './sampling-argument';

const NO_MODEL = 'Name at least one model with --models.';

/** Replaces the infinite PSNR of equal pictures, which has no mean and no JSON form. */
const PSNR_OF_EQUAL = 100;

/**
 * Rate and quality of models over a folder's pictures (also in its subfolders), each cropped to its centre square and
 * resized as the model does, beside JPEG, WebP and AVIF at the same resolution. Every measure of src/measures/image is
 * the mean of per-picture values. A table goes to standard output, `Evaluation` to the file that `--json` names; a
 * picture that cannot be read is named on standard error and left out.
 */
export const command = defineCommand({
  name: 'eval-images',
  summary: "PSNR, SSIM and bytes over a folder's pictures, beside JPEG, WebP and AVIF.",
  options: {
    models: required('ID,...', 'bundled models or folders, between commas', NO_MODEL, (text) => {
      const models = [...new Set(text.split(',').filter(Boolean))];
      if (models.length === 0) throw badArguments(NO_MODEL);
      return models;
    }),
    k: withDefault('N,...', 'prefix lengths', '1,2,4,8,16,32,64,128,256', (text, name) => [
      ...new Set(
        text.split(',').map((part) => {
          const k = wholeNumber(part.trim(), 1);
          if (k === undefined) throw badArguments(`"${part}" in ${name} is not a whole number from 1 up.`);
          return k;
        }),
      ),
    ]),
    steps: manyStepsOption,
    seed: seedOption,
    json: optional('FILE', 'writes all figures there, as JSON'),
  },
  argument: { value: 'DIR', missing: 'Name one folder of pictures.' },
  run: evaluate,
});

interface Arguments {
  readonly models: readonly string[];
  readonly k: readonly number[];
  readonly steps: readonly Steps[] | undefined;
  readonly seed: number | undefined;
  readonly json: string | undefined;
}

/** Loaded on demand: they need sharp. */
interface Pictures extends Pick<typeof Codecs, 'codecs' | 'throughCodec'> {
  readonly readPictureFile: typeof readPictureFile;
}

async function evaluate(args: Arguments, io: CliIo, folder: string): Promise<number> {
  const pictures: Pictures = { ...(await import('./codecs')), ...(await import('./picture-file')) };
  if (args.json) await expectWritable(args.json);
  const files = await listPictures(folder);
  const models: ImageModel[] = [];
  for (const name of args.models) models.push(await openModelArgument(name));
  const plans = models.map((model) => ({ model, settings: settingsOf(model, args, io) }));
  const scores = new Map<string, Score[]>();
  const tools = createImageTools();
  const note: Note = async (key, bytes, reference, image) => {
    const metrics = measure(reference, image);
    const dear: Record<string, number> = {};
    for (const { id, compute } of dearMeasures) {
      const value = await compute(reference, image, tools);
      if (value !== undefined) dear[id] = value;
    }
    const list = scores.get(key) ?? [];
    list.push({ ...metrics, psnr: Math.min(metrics['psnr']!, PSNR_OF_EQUAL), ...dear, bytes });
    scores.set(key, list);
  };

  let images = 0;
  for (const file of files) {
    try {
      await evaluateFile(file, pictures, plans, note);
      images++;
    } catch (error) {
      if (!(error instanceof TokenoscopeError) || !/^(image|not-an)-/.test(error.code)) throw error;
      io.stderr(`Left out: ${error.message}\n`);
    }
    if (images % 100 === 0) io.stderr(`${images} of ${files.length} pictures\n`);
  }
  if (images === 0) throw badArguments(`${folder} holds no picture that can be read.`);

  const { width, height } = models[0]!.manifest.image;
  const evaluation: Evaluation = {
    images,
    size: [width, height],
    models: Object.fromEntries(
      plans.map(({ model: { manifest }, settings }) => [
        manifest.id,
        settings.map((setting) => ({ ...setting, ...mean(scores.get(keyOf(manifest.id, setting))!) })),
      ]),
    ),
    codecs: Object.fromEntries(
      pictures.codecs.map(({ id, qualities }) => [
        id,
        qualities.map((quality) => ({ quality, ...mean(scores.get(`${id} ${quality}`)!) })),
      ]),
    ),
  };
  if (args.json) await writeFile(args.json, `${JSON.stringify(evaluation, null, 1)}\n`);
  io.stdout(evaluationTable(evaluation, imageMeasures));
  return 0;
}

/** One measurement of a model: a prefix and, where it samples, a way to draw it. */
type Setting = Partial<Sampling> & { readonly k: number };

function keyOf(model: string, { k, steps, seed }: Setting): string {
  return `${model} ${k} ${steps} ${seed}`;
}

function settingsOf(model: ImageModel, { k: ks, steps, seed }: Arguments, io: CliIo): Setting[] {
  const usable = usableKs(model, ks, io);
  if (!model.manifest.sampler) return usable.map((k) => ({ k }));
  const ways = (steps ?? [undefined]).map((asked) => {
    try {
      return resolveSampling(model.manifest, { steps: asked, seed });
    } catch (error) {
      if (!(error instanceof TokenoscopeError)) throw error;
      throw badArguments(`${error.message} ${error.hint}`);
    }
  });
  return ways.flatMap((way) => usable.map((k) => ({ k, ...way })));
}

type Note = (key: string, bytes: number, reference: RgbImage, image: RgbImage) => Promise<void>;

async function evaluateFile(
  file: string,
  { codecs, throughCodec, readPictureFile }: Pictures,
  plans: readonly { readonly model: ImageModel; readonly settings: readonly Setting[] }[],
  note: Note,
): Promise<void> {
  const first = await readPictureFile(file, plans[0]!.model.manifest.image);
  for (const { model, settings } of plans) {
    const { id, image: size, tokens } = model.manifest;
    const same = size.width === first.width && size.height === first.height;
    const reference = same ? first : await readPictureFile(file, size);
    const ids = await model.encode(reference);
    for (const setting of settings) {
      const { k, ...sampling } = setting;
      const image = await model.decode(ids, k, sampling);
      await note(keyOf(id, setting), (tokens.bits * k) / 8, reference, image);
    }
  }
  const jobs = codecs.flatMap((codec) => codec.qualities.map((quality) => ({ codec, quality })));
  await Promise.all(
    jobs.map(async ({ codec, quality }) => {
      const { bytes, image } = await throughCodec(codec, first, quality);
      await note(`${codec.id} ${quality}`, bytes, first, image);
    }),
  );
}

/** Each measure's mean over the pictures that have it. */
function mean(scores: readonly Score[]): Score {
  const of = (name: string) => {
    const values = scores.flatMap((score) => score[name] ?? []);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const names = [...new Set(scores.flatMap((score) => Object.keys(score)))].filter(
    (name) => name !== 'bytes',
  );
  return { bytes: of('bytes'), ...Object.fromEntries(names.map((name) => [name, of(name)])) };
}

/** The k that a model can decode; the others are named, since one list serves models of different lengths. */
function usableKs(model: ImageModel, ks: readonly number[], io: CliIo): number[] {
  const { id, tokens } = model.manifest;
  const usable = ks.filter((k) => k <= tokens.count && (tokens.ordered || k === tokens.count));
  const skipped = ks.filter((k) => !usable.includes(k));
  if (skipped.length > 0) io.stderr(`${id} cannot decode k = ${skipped.join(', ')}: left out.\n`);
  if (usable.length === 0) throw badArguments(`None of the given k fits ${id} (up to ${tokens.count}).`);
  return usable;
}

/** Checked before the work, not after it. */
async function expectWritable(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
  } catch {
    throw badArguments(`"${file}" cannot be written: its folder is missing or read-only.`);
  }
}

async function listPictures(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(png|jpe?g|webp|avif|gif|bmp|svg)$/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    throw badArguments(`"${folder}" is not a folder that can be read.`);
  }
}
