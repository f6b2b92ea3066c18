import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { samples } from '../catalog/pictures';
import { TokenoscopeError } from '../core/errors';
import { describeFile, looksLikePicture } from '../core/image/sniff';
import { decodeUtf8 } from '../core/text/utf8';
import { type ExperimentInput, type Input, readState, sampleText } from '../experiments/experiment';
import { papers } from '../experiments/papers';
import { experiments, findExperiment } from '../experiments/registry';
import { ownFolder } from '../package/own-files';
import { loadTokenizer } from '../package/text';
import { badArguments, defineCommand, optional, repeated } from './command';
import type { CliIo } from './io';
import { openLm } from './lm-argument';

/** Runs one experiment and prints `{"experiment","state","figures":[{id,label,value,unit}]}`. */
export const command = defineCommand({
  name: 'experiment',
  summary: 'One experiment on a text or a picture -> its figures as JSON.',
  options: {
    input: optional(
      'FILE',
      "a text or a picture instead of the experiment's own sample; - is standard input, for texts",
    ),
    set: repeated(
      'KEY=VALUE',
      "a setting other than its default; settings are those of the experiment's links",
    ),
  },
  argument: { value: 'ID', missing: 'Name one experiment.' },
  details: papers.map(({ id, title }) => `  ${id}\n      ${title}`).join('\n'),
  async run(values, io, id) {
    const entry = findExperiment(id);
    if (!entry) {
      const known = experiments.map((known) => known.id).join(', ');
      throw badArguments(`There is no experiment "${id}". Experiments are: ${known}.`);
    }
    const experiment = await entry.load();
    const state = stateFrom(values.set, (raw) => readState(experiment, raw));
    const input = await readInput(experiment.input, values.input, io);
    const result = await experiment.run(state, input, {
      tokenizer: (name) => loadTokenizer(name),
      languageModel: (name) => openLm(name),
    });
    const figures = experiment.figures(result, state);
    const answer = {
      experiment: id,
      state,
      figures: figures.map((figure) => ({ ...figure, value: figure.value ?? null })),
    };
    io.stdout(`${JSON.stringify(answer, null, 1)}\n`);
    return 0;
  },
});

/** A value is parsed as JSON if possible, else taken as a string. */
function stateFrom(settings: readonly string[], read: (raw: unknown) => unknown): unknown {
  const values: Record<string, unknown> = {};
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) throw badArguments(`--set takes KEY=VALUE, not "${setting}".`);
    values[setting.slice(0, at)] = asJson(setting.slice(at + 1));
  }
  try {
    return read(values);
  } catch (error) {
    if (!(error instanceof TokenoscopeError)) throw error;
    throw badArguments(error.message);
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function readInput(wanted: ExperimentInput, path: string | undefined, io: CliIo): Promise<Input> {
  if (wanted.kind === 'text') {
    if (path === undefined) {
      return { kind: 'text', text: await sampleText(wanted, wanted.sample) };
    }
    const bytes = path === '-' ? await io.stdin() : await readBytes(path);
    return { kind: 'text', text: readText(bytes, path) };
  }
  const { readPictureFile } = await import('./picture-file');
  const sample = samples.find(({ id }) => id === wanted.sample)!;
  return { kind: 'picture', image: await readPictureFile(path ?? ownSample(sample.file), wanted.size) };
}

function readText(bytes: Uint8Array, path: string): string {
  const what = describeFile(bytes);
  const isText = bytes.length === 0 || what === 'text' || what === 'a web page';
  const binary = isText ? undefined : (what ?? (looksLikePicture(bytes, '') ? 'a picture' : undefined));
  if (binary === undefined) return decodeUtf8(bytes);
  const source = path === '-' ? 'Standard input' : path;
  throw new TokenoscopeError(
    'not-text',
    `${source} is ${binary}, not a text.`,
    'This experiment takes a text.',
  );
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TokenoscopeError('file-unreadable', `${path} could not be read.`, 'Check the path.', { cause });
  }
}

/** @param file as a sample names it: `samples/<name>` */
function ownSample(file: string): string {
  return fileURLToPath(new URL(file.replace(/^samples\//, ''), ownFolder('samples')));
}
