import { TokenoscopeError } from '../../../core/errors';
import { readBlob } from '../bytes-source';
import { countOf, elements, isContiguous } from './tensors';
import { planSafetensors, writeTensor } from './to-safetensors';
import { readTorchFile, type StateDict, stateDicts } from './torch-file';
import type { ReadAt } from './zip';

/** Reads parts of a file that the visitor gave. */
export function readerOf(blob: Blob, name: string): ReadAt {
  return async (from, length) => new Uint8Array(await readBlob(blob.slice(from, from + length), name));
}

/** Networks that training only compares with: DetailFlow's, and the critics of KARL. */
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

/**
 * A file of PyTorch as a safetensors file. What is stored as it should be is a slice of the given file, which is not read
 * for it; only other types and tensors in another order are converted in memory.
 * @throws TokenoscopeError `model-corrupt`, `checkpoint-refused`, `file-unreadable`, `aborted`
 */
export async function torchAsSafetensors(blob: Blob, name: string, signal?: AbortSignal): Promise<Blob> {
  const readAt = readerOf(blob, name);
  const file = await readTorchFile(readAt, blob.size, name);
  const plan = planSafetensors(networkOf(stateDicts(file.root), name).tensors);
  const parts: BlobPart[] = [plan.header];
  for (const placed of plan.order) {
    const { storage, offset } = placed.tensor;
    const { type } = storage;
    if ((type === 'float32' || type === 'float16' || type === 'int32') && isContiguous(placed.tensor)) {
      const from = (await file.locate(storage)) + offset * elements[type];
      parts.push(blob.slice(from, from + countOf(placed.tensor) * elements[type]));
    } else {
      parts.push(await writeTensor(placed, file, readAt, signal));
    }
  }
  return new Blob(parts);
}
