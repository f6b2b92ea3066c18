import { TokenoscopeError } from '../../core/errors';
import { type ListedFile, PICKLE } from './listing';

/** The files that make up a checkpoint. */
export type ChosenFiles =
  | { readonly format: 'safetensors'; readonly config: ListedFile; readonly weights: ListedFile }
  /** The graphs are those that the manifest names. */
  | { readonly format: 'onnx'; readonly manifest: ListedFile };

/**
 * Finds a checkpoint among files: config.json with one .safetensors, or manifest.json with the graphs it names.
 * @throws TokenoscopeError `checkpoint-refused` that says what is missing, or that a file of PyTorch is elsewhere
 */
export function chooseFiles(files: readonly ListedFile[], where: string): ChosenFiles {
  const twice = files.find((file, i) => files.findIndex(({ path }) => path === file.path) < i);
  if (twice) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${twice.path} is there twice: these are files of two checkpoints.`,
      'Give one checkpoint at a time.',
    );
  }
  const named = (name: string) => files.find(({ path }) => path === name);
  const tensors = files.filter(({ path }) => /\.safetensors$/i.test(path));
  const weights = named('model.safetensors') ?? (tensors.length === 1 ? tensors[0] : undefined);
  const config = named('config.json');
  const manifest = named('manifest.json');
  if (config && weights) return { format: 'safetensors', config, weights };
  if (manifest && !weights) return { format: 'onnx', manifest };
  const pickle = files.find(({ path }) => PICKLE.test(path));
  if (pickle && tensors.length === 0) throw refusePickle(pickle.path);
  throw new TokenoscopeError(
    'checkpoint-refused',
    whatIsMissing(),
    tensors.length > 1
      ? 'Give one file of weights with its config.json.'
      : 'Give config.json and model.safetensors, or manifest.json with the .onnx files that it names.',
  );

  function whatIsMissing(): string {
    if (weights) {
      return `There is no config.json beside ${weights.path}; without it the page cannot tell what the weights are of.`;
    }
    if (tensors.length > 1 && files.some(({ path }) => path.endsWith('.safetensors.index.json'))) {
      return `The weights in ${where} are split into ${tensors.length} files; this page reads one.`;
    }
    if (tensors.length > 1) {
      const names = new Intl.ListFormat('en').format(tensors.slice(0, 4).map(({ path }) => path));
      const more = tensors.length > 4 ? ', and more' : '';
      return `There are weights in ${tensors.length} files, and none is called model.safetensors: ${names}${more}.`;
    }
    if (files.some(({ path }) => /\.onnx$/i.test(path))) {
      return `Beside the .onnx files, ${where} has no manifest.json.`;
    }
    return `There is no checkpoint in ${where}.`;
  }
}

/** Files of PyTorch are read from the visitor's device: a part of one cannot be fetched by itself yet. */
export function refusePickle(path: string): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    `${path} is a file of PyTorch, which this page reads from your own device, and not yet from elsewhere.`,
    'Download it, and drop it here with its config.json. It is read as data: nothing that it holds is run.',
  );
}
