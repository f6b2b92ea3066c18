import { TokenoscopeError } from '../../core/errors';
import type { ListedFile } from './listing';
import { isWeights, PICKLE, SAFETENSORS } from './weights-names';

/** The files that make up a checkpoint. */
export type ChosenFiles =
  /** Without a config, the shapes of the tensors may tell it. The weights are in one file, or split into several. */
  | {
      readonly format: 'safetensors';
      readonly config: ListedFile | undefined;
      readonly weights: readonly ListedFile[];
      /** Other weights that are there, which may be of another kind of the same model (averaged ones) or of another model. */
      readonly others: readonly ListedFile[];
    }
  /** The graphs are those that the manifest names. */
  | { readonly format: 'onnx'; readonly manifest: ListedFile };

/** A part of weights that are split, as Hugging Face's libraries name it. */
const PART = /^(.*)-(\d{5})-of-(\d{5})\.(safetensors|bin)$/i;
/** What training writes beside the weights. */
const BESIDE = /(?:^|\/)(?:optimizer|scheduler|scaler|training_args|rng_state|random_states)[^/]*$/i;
/** How many names a message lists. */
const NAMES = 4;

/**
 * Finds a checkpoint among files: config.json with weights (safetensors before files of PyTorch, the top before folders,
 * usual names before others), or manifest.json with the graphs that it names.
 * @param where in words, for messages
 * @param path of the weights that are meant; undefined for the choice that is made here
 * @throws TokenoscopeError `checkpoint-refused` that says what is missing, or which files there are
 */
export function chooseFiles(
  files: readonly ListedFile[],
  where: string,
  path?: string | undefined,
): ChosenFiles {
  const twice = files.find((file, i) => files.findIndex((other) => other.path === file.path) < i);
  if (twice) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${twice.path} is there twice: these are files of two checkpoints.`,
      'Give one checkpoint at a time.',
    );
  }
  const manifest = files.find((file) => file.path === 'manifest.json');
  // What graphs keep their numbers in may have a name that files of PyTorch have, too.
  const isGraphs = manifest && path === undefined && !files.some((file) => SAFETENSORS.test(file.path));
  if (isGraphs) return { format: 'onnx', manifest };
  const weights = chooseWeights(files, where, path);
  if (!weights) throw nothing(files, where);
  const folder = weights[0]!.path.slice(0, weights[0]!.path.lastIndexOf('/') + 1);
  const config = [`${folder}config.json`, 'config.json']
    .map((name) => files.find((file) => file.path === name))
    .find((file) => file !== undefined);
  return { format: 'safetensors', config, weights, others: othersThan(weights, files) };
}

/** Files of weights beside those that are taken; of split ones the first part. */
function othersThan(weights: readonly ListedFile[], files: readonly ListedFile[]): readonly ListedFile[] {
  return files.filter(
    (file) =>
      isWeights(file.path) &&
      !BESIDE.test(file.path) &&
      !weights.includes(file) &&
      Number(PART.exec(file.path)?.[2] ?? 1) === 1,
  );
}

/** In one file or several; undefined where there are none. */
function chooseWeights(
  files: readonly ListedFile[],
  where: string,
  path: string | undefined,
): readonly ListedFile[] | undefined {
  const named = files.find((file) => file.path === path);
  if (named) return partsOf(named, files);
  if (path !== undefined) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `There is no ${path} in ${where}.`,
      'Check the spelling of the address.',
    );
  }
  const whole = files.find((file) => file.path === 'model.safetensors');
  if (whole) return [whole];
  const weights = files.filter((file) => !BESIDE.test(file.path));
  for (const kind of [SAFETENSORS, PICKLE]) {
    const all = weights.filter((file) => kind.test(file.path));
    const top = all.filter((file) => !file.path.includes('/'));
    const group = top.length > 0 ? top : all;
    const usual = group.find((file) => file.path === 'pytorch_model.bin') ?? group[0];
    if (!usual) continue;
    const parts = partsOf(usual, files);
    if (group.length === 1 || usual.path === 'pytorch_model.bin') return parts;
    if (parts.length > 1 && group.every((file) => parts.includes(file))) return parts;
    throw several(group, where);
  }
  return undefined;
}

/** A file, or all of the parts that it is one of. @throws TokenoscopeError `checkpoint-refused` where one is missing */
function partsOf(file: ListedFile, files: readonly ListedFile[]): readonly ListedFile[] {
  const [, stem, , count = '', ending] = PART.exec(file.path) ?? [];
  if (stem === undefined) return [file];
  return Array.from({ length: Number(count) }, (_, i) => {
    const path = `${stem}-${String(i + 1).padStart(5, '0')}-of-${count}.${ending}`;
    const part = files.find((one) => one.path === path);
    if (part) return part;
    throw new TokenoscopeError(
      'checkpoint-refused',
      `The weights are split into ${Number(count)} files, and ${path} is missing.`,
      'Give all of them together, with their config.json.',
    );
  });
}

function several(group: readonly ListedFile[], where: string): TokenoscopeError {
  const names = new Intl.ListFormat('en').format(group.slice(0, NAMES).map(({ path }) => path));
  const more = group.length > NAMES ? ', and more' : '';
  const { from } = group[0]!;
  return new TokenoscopeError(
    'checkpoint-refused',
    `There are weights in ${group.length} files${'url' in from ? ` in ${where}` : ''}, and none is called model.safetensors: ${names}${more}.`,
    'url' in from
      ? `Enter the address of the one that you mean, for example ${from.url}`
      : 'Give one file of weights with its config.json.',
  );
}

function nothing(files: readonly ListedFile[], where: string): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    files.some(({ path }) => /\.onnx$/i.test(path))
      ? `Beside the .onnx files, ${where} has no manifest.json.`
      : files.some(({ path }) => path === 'config.json')
        ? `There are no weights in ${where}.`
        : `There is no checkpoint in ${where}.`,
    'Give config.json and model.safetensors or a file of PyTorch, or manifest.json with the .onnx files that it names.',
  );
}
