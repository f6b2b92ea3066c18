import { constants } from 'node:fs';
import { access, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TokenoscopeError } from '../core/errors';
import type { RgbImage } from '../core/image/pixels';
import { allMetrics, measure } from '../core/metrics';
import type { ImageModel } from '../engine/image/model';
import { badArguments, parseArguments, wholeNumber } from './arguments';
import { codecs, throughCodec } from './codecs';
import { type Evaluation, evaluationTable, type Score } from './eval-table';
import type { CliIo } from './io';
import { openMeasures } from './measures';
import { openModelArgument } from './model-argument';
import { readPictureFile } from './picture-file';

const USAGE = 'eval-images --models ID,... --k 1,2,4,8,16,32,64,128,256 DIR [--json FILE]';

/** Equal pictures have an infinite PSNR, which has no mean and no JSON: this stands for it. */
const PSNR_OF_EQUAL = 100;

/**
 * The command `eval-images`: rate and quality of models over a folder's pictures (also in its subfolders), each
 * cropped to its centre square and resized as the model does, beside JPEG, WebP and AVIF at the same resolution.
 * Every metric, and every learned measure in public/measures, is the mean of per-picture values. A table goes to
 * standard output, `Evaluation` to the file that `--json` names.
 * @returns the exit code
 * @throws TokenoscopeError `bad-arguments`, and what reading models throws; a picture that cannot be read is
 *   named on standard error and left out
 */
export async function evalImagesCommand(argv: string[], io: CliIo): Promise<number> {
  const args = parse(argv);
  if (args.json) await expectWritable(args.json);
  const files = await listPictures(args.folder);
  const models: ImageModel[] = [];
  for (const name of args.models) models.push(await openModelArgument(name, USAGE));
  const plans = models.map((model) => ({ model, ks: usableKs(model, args.ks, io) }));
  const scores = new Map<string, Score[]>();
  const measures = await openMeasures();
  const note: Note = async (key, bytes, reference, image) => {
    const metrics = measure(reference, image);
    const learned: Record<string, number> = {};
    for (const { manifest, compute } of measures) {
      const distance = await compute(reference, image);
      if (distance !== undefined) learned[manifest.id] = distance;
    }
    const list = scores.get(key) ?? [];
    list.push({ ...metrics, psnr: Math.min(metrics['psnr']!, PSNR_OF_EQUAL), ...learned, bytes });
    scores.set(key, list);
  };

  let images = 0;
  for (const file of files) {
    try {
      await evaluateFile(file, plans, note);
      images++;
    } catch (error) {
      if (!(error instanceof TokenoscopeError) || !/^(image|not-an)-/.test(error.code)) throw error;
      io.stderr(`Left out: ${error.message}\n`);
    }
    if (images % 100 === 0) io.stderr(`${images} of ${files.length} pictures\n`);
  }
  if (images === 0) throw badArguments(`${args.folder} holds no picture that can be read.`, USAGE);

  const { width, height } = models[0]!.manifest.image;
  const evaluation: Evaluation = {
    images,
    size: [width, height],
    models: Object.fromEntries(
      plans.map(({ model: { manifest }, ks }) => [
        manifest.id,
        ks.map((k) => ({ k, ...mean(scores.get(`${manifest.id} ${k}`)!) })),
      ]),
    ),
    codecs: Object.fromEntries(
      codecs.map(({ id, qualities }) => [
        id,
        qualities.map((quality) => ({ quality, ...mean(scores.get(`${id} ${quality}`)!) })),
      ]),
    ),
  };
  if (args.json) await writeFile(args.json, `${JSON.stringify(evaluation, null, 1)}\n`);
  const learned = measures.map(({ manifest: { id, label } }) => ({ id, label, unit: '' }));
  io.stdout(evaluationTable(evaluation, [...allMetrics, ...learned]));
  return 0;
}

type Note = (key: string, bytes: number, reference: RgbImage, image: RgbImage) => Promise<void>;

async function evaluateFile(
  file: string,
  plans: readonly { readonly model: ImageModel; readonly ks: readonly number[] }[],
  note: Note,
): Promise<void> {
  const first = await readPictureFile(file, plans[0]!.model.manifest.image);
  for (const { model, ks } of plans) {
    const { id, image, tokens } = model.manifest;
    const same = image.width === first.width && image.height === first.height;
    const reference = same ? first : await readPictureFile(file, image);
    const ids = await model.encode(reference);
    for (const k of ks) {
      await note(`${id} ${k}`, (tokens.bits * k) / 8, reference, await model.decode(ids, k));
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

/** Of pictures of one size, which have the same measures. */
function mean(scores: readonly Score[]): Score {
  const of = (name: string) => scores.reduce((sum, score) => sum + score[name]!, 0) / scores.length;
  const names = Object.keys(scores[0] ?? {}).filter((name) => name !== 'bytes');
  return { bytes: of('bytes'), ...Object.fromEntries(names.map((name) => [name, of(name)])) };
}

/** The k that a model can decode; the others are named, since one list serves models of different lengths. */
function usableKs(model: ImageModel, ks: readonly number[], io: CliIo): number[] {
  const { id, tokens } = model.manifest;
  const usable = ks.filter((k) => k <= tokens.count && (tokens.ordered || k === tokens.count));
  const skipped = ks.filter((k) => !usable.includes(k));
  if (skipped.length > 0) io.stderr(`${id} cannot decode k = ${skipped.join(', ')}: left out.\n`);
  if (usable.length === 0)
    throw badArguments(`None of the given k fits ${id} (up to ${tokens.count}).`, USAGE);
  return usable;
}

/** Before the work, not after it. */
async function expectWritable(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
  } catch {
    throw badArguments(`"${file}" cannot be written: its folder is missing or read-only.`, USAGE);
  }
}

async function listPictures(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(png|jpe?g|webp|avif|gif|svg)$/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    throw badArguments(`"${folder}" is not a folder that can be read.`, USAGE);
  }
}

function parse(argv: string[]) {
  const { values, positionals } = parseArguments(
    {
      args: argv,
      allowPositionals: true,
      options: { models: { type: 'string' }, k: { type: 'string' }, json: { type: 'string' } },
    } as const,
    USAGE,
  );
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw badArguments('Name one folder of pictures.', USAGE);
  const models = [...new Set((values.models ?? '').split(',').filter(Boolean))];
  if (models.length === 0) throw badArguments('Name at least one model with --models.', USAGE);
  const ks = (values.k ?? '1,2,4,8,16,32,64,128,256').split(',').map((text) => {
    const k = wholeNumber(text.trim(), 1);
    if (k === undefined) throw badArguments(`"${text}" in --k is not a whole number from 1 up.`, USAGE);
    return k;
  });
  return { folder, models, ks: [...new Set(ks)], json: values.json };
}
