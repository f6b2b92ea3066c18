import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { TokenoscopeError } from '../core/errors';
import { type AskedSampling, resolveSampling } from '../core/image/sampling';
import { codesCsv } from '../labs/image/need/codes-table';
import { type BrokenPicture, measurePictures, type PictureNeed } from '../labs/image/need/measure-pictures';
import type { NeedModel, NeedQuestion } from '../labs/image/need/need-model';
import { describeTarget, measureOf, type NeedRun, needCsv, protocolOf } from '../labs/image/need/protocol';
import { median } from '../labs/image/need/summary';
import { type ImageTools, imageMeasures } from '../measures/image-measures';
import { badArguments, defineCommand, flag, optional, required } from './command';
import { filesOfFolder } from './folder-files';
import type { CliIo } from './io';
import { createImageTools } from './measures';
import { findModel, openModelArgument } from './model-argument';
import { seedOption, stepsOption } from './sampling-argument';

const MEASURES = imageMeasures.map(({ id }) => id).join(', ');

/**
 * How many tokens every picture of a folder needs, as the page's panel measures it. A table goes to standard output,
 * the figures with their protocol to the file that `--csv` names; broken files are named on standard error.
 */
export const command = defineCommand({
  name: 'tokens-needed',
  summary: 'A folder of pictures -> the smallest number of tokens that reaches a quality, for each.',
  options: {
    model: required(
      'ID,...',
      'bundled models or folders, between commas',
      'Name a model with --model.',
      listOf,
    ),
    measure: required('ID', `one of ${MEASURES}`, `Name a measure with --measure: ${MEASURES}.`, measureIn),
    target: required(
      'VALUE',
      'the quality to reach: at least, or at most where less is better',
      'Name the quality to reach with --target.',
      numberIn,
    ),
    csv: optional('FILE', 'writes a row for every picture and model there, below the protocol'),
    codes: optional('FILE', 'writes how the pictures use every position of the codebook there, as CSV'),
    exact: flag('decodes every prefix from 1 token up, instead of bisection'),
    steps: stepsOption,
    seed: seedOption,
  },
  argument: { value: 'FOLDER', missing: 'Name one folder of pictures.' },
  details: `  The smallest k whose reconstruction reaches the target: 1, 2, 4, ... and all tokens are decoded, then bisection
  between the two that the target lies between; where a longer prefix turns out to be worse, every smaller one is.
  docs/tokens-needed.md describes the protocol, and by how much page and command line may differ.`,
  run: measure,
});

interface Arguments extends AskedSampling {
  readonly model: readonly string[];
  readonly measure: string;
  readonly target: number;
  readonly csv: string | undefined;
  readonly codes: string | undefined;
  readonly exact: boolean;
}

async function measure(args: Arguments, io: CliIo, folder: string): Promise<number> {
  const { better, size, label } = measureOf(args.measure);
  const question: NeedQuestion = { measure: args.measure, better, value: args.target };
  const files = await filesOfFolder(folder);
  const method = args.exact ? 'scan' : 'bisection';
  const models: NeedModel<string>[] = [];
  for (const name of args.model) {
    const model = await openNeedModel(name, question, args);
    const { width, height } = model.image;
    if (size && (size.width !== width || size.height !== height)) {
      throw badArguments(
        `${label} compares ${size.width} x ${size.height}; ${model.id} draws ${width} x ${height}.`,
      );
    }
    models.push(model);
  }
  const pictures: PictureNeed[] = [];
  const broken: BrokenPicture[] = [];
  const report = () => {
    const done = pictures.length + broken.length;
    if (done % 50 === 0) io.stderr(`${done} of ${files.length} files\n`);
  };
  const date = new Date();
  await measurePictures({
    pictures: files.map(({ path, name, bytes }) => ({ picture: path, name, bytes })),
    models,
    question,
    method,
    signal: new AbortController().signal,
    onPicture: (picture) => {
      pictures.push(picture);
      report();
    },
    onBroken: (file) => {
      broken.push(file);
      io.stderr(`Left out: ${file.reason}\n`);
      report();
    },
  });
  if (pictures.length === 0) throw badArguments(`${folder} holds no picture that can be read.`);
  const name = `the folder ${basename(resolve(folder))}`;
  const run: NeedRun = { question, method, models, name, files: files.length, pictures, broken, date };
  if (args.csv) await writeFile(args.csv, needCsv(run));
  if (args.codes) await writeFile(args.codes, codesCsv(run));
  io.stdout(summaryOf(run));
  return 0;
}

async function openNeedModel(
  name: string,
  { measure: id }: NeedQuestion,
  asked: AskedSampling,
): Promise<NeedModel<string>> {
  const { readSizedPicture } = await import('./picture-file');
  const model = await openModelArgument(name);
  const { manifest } = model;
  const sampling = manifest.sampler && resolveSampling(manifest, { steps: asked.steps, seed: asked.seed });
  const measured = imageMeasures.find((one) => one.id === id) ?? imageMeasures[0]!;
  const tools: ImageTools = createImageTools();
  return {
    ...manifest,
    hash: hashOf(name),
    sampling,
    backend: 'onnxruntime-node, CPU',
    async encode(path, signal) {
      const { image, source } = await readSizedPicture(path, manifest.image);
      const ids = await model.encode(image, signal);
      return {
        ids,
        source,
        async qualityAt(k) {
          const drawn = await model.decode(ids, k, { ...sampling, signal });
          const quality = await measured.compute(image, drawn, tools);
          if (quality === undefined && measured.cost === 'dear' && measured.absent) {
            throw new TokenoscopeError('not-an-image', `${basename(path)}: ${measured.absent}`);
          }
          if (quality === undefined) throw badArguments(`${measured.label} does not take these pictures.`);
          return quality;
        },
      };
    },
  };
}

/** As links name what a model's tokens mean. */
function hashOf(name: string): string {
  const { kind, path } = findModel(name);
  if (kind === 'checkpoint') return `of the checkpoint ${basename(path)}`;
  const manifest: { files: { decoder: { sha256: string } } } = JSON.parse(
    readFileSync(join(path, 'manifest.json'), 'utf8'),
  );
  return manifest.files.decoder.sha256.slice(0, 8);
}

/** The protocol, and for every model how many pictures reach the target and how many tokens they need. */
function summaryOf(run: NeedRun): string {
  const { models, pictures, question } = run;
  const lines = models.map(({ id }, i) => {
    const ks = pictures.map(({ needs }) => needs[i]!.k ?? Number.POSITIVE_INFINITY);
    const reached = ks.filter(Number.isFinite).length;
    const middle = median(ks);
    const half = Number.isFinite(middle)
      ? `half of them with at most ${middle} tokens`
      : 'fewer than half of them';
    return `${id}: ${reached} of ${ks.length} pictures reach ${describeTarget(question)}, ${half}`;
  });
  return `${protocolOf(run).join('\n')}\n\n${lines.join('\n')}\n`;
}

function listOf(text: string): readonly string[] {
  const names = [...new Set(text.split(',').filter(Boolean))];
  if (names.length === 0) throw badArguments('Name a model with --model.');
  return names;
}

function measureIn(text: string, name: string): string {
  if (imageMeasures.some(({ id }) => id === text)) return text;
  throw badArguments(`${name} takes one of ${MEASURES}, not "${text}".`);
}

function numberIn(text: string, name: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw badArguments(`${name} takes a number, not "${text}".`);
}
