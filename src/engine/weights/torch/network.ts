import { TokenoscopeError } from '../../../core/errors';
import type { PublishedTensor } from '../layout';
import { elements, reachOf } from './tensors';
import type { KnownBytes, StateDict, TorchFile } from './torch-file';

/** A network that DetailFlow's training only compares with. */
const COMPARED = /^(repa_model|gan_losses)\./;

/** The network of a file. @throws TokenoscopeError `checkpoint-refused` where it holds none */
export function networkOf(dicts: readonly StateDict[], name: string): StateDict {
  const [best] = dicts;
  if (best) return { ...best, tensors: new Map([...best.tensors].filter(([key]) => !COMPARED.test(key))) };
  throw new TokenoscopeError(
    'checkpoint-refused',
    `${name} is a file of PyTorch in which no tensors have names.`,
    'Choose the file that holds the weights of the model.',
  );
}

/** How many of a network's tensors another dictionary has that is the same network, averaged or not. */
const AS_MANY = 0.9;

/** Which of several states of one network was taken, and the others, by where they stand in the file; undefined for one alone. */
export function statesOf(
  dicts: readonly StateDict[],
): { readonly taken: string; readonly others: readonly string[] } | undefined {
  const [best, ...rest] = dicts;
  const others = rest.filter(({ tensors }) => best && tensors.size >= AS_MANY * best.tensors.size);
  return best && others.length > 0 ? { taken: best.path, others: others.map(({ path }) => path) } : undefined;
}

/**
 * Where the tensors of a network are in its file, and the bytes by which the file is known again.
 * @throws TokenoscopeError `model-corrupt`
 */
export async function placesOf(
  file: TorchFile,
  { tensors }: StateDict,
): Promise<{ readonly tensors: readonly PublishedTensor[]; readonly known: readonly KnownBytes[] }> {
  const storages = [...new Map([...tensors.values()].map(({ storage }) => [storage.key, storage])).values()];
  const places = await file.locate(storages);
  const published = [...tensors].map(([name, tensor]) => {
    const { storage, dims, strides } = tensor;
    const { from, to } = reachOf(tensor);
    const { start } = places.get(storage.key)!;
    return {
      name,
      type: storage.type,
      dims,
      strides,
      from: start + from * elements[storage.type],
      reach: to - from,
    };
  });
  const said = storages.map(({ key }) => places.get(key)!.said);
  return { tensors: published, known: [file.pickle, ...said] };
}
