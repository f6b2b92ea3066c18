import { TokenoscopeError } from '../../core/errors';
import type { StoredTensor } from './safetensors';

/**
 * Looks for NaN in a part of a safetensors file. Infinities may be intended, for example in a mask. A
 * number that crosses the part's borders is not checked.
 * @param tensors of the file that the part is of
 * @param from where in the file the part begins
 * @returns the name of the first tensor with a NaN
 */
export function findNaN(
  tensors: ReadonlyMap<string, StoredTensor>,
  from: number,
  part: Uint8Array,
): string | undefined {
  for (const [name, { type, offset, length }] of tensors) {
    if (type === 'int32') continue;
    const size = type === 'float16' ? 2 : 4;
    // The first whole number at or behind the part's start.
    const skipped = Math.max(0, Math.ceil((from - offset) / size)) * size;
    const first = offset + skipped - from;
    const count = Math.floor((Math.min(offset + length, from + part.length) - offset - skipped) / size);
    if (count > 0 && hasNaN(part.subarray(first, first + count * size), size)) return name;
  }
  return undefined;
}

/** The error for such a file: `model-corrupt`. */
export function refuseNaN(path: string, tensor: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `"${tensor}" in ${path} holds NaN, which is not a number: every picture would come out blank.`,
    'Its training went wrong, or its conversion did. Get another version of the checkpoint.',
  );
}

function hasNaN(bytes: Uint8Array, size: 2 | 4): boolean {
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  if (size === 2) {
    const halves = new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
    for (let i = 0; i < halves.length; i++) if ((halves[i]! & 0x7fff) > 0x7c00) return true;
    return false;
  }
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  for (let i = 0; i < words.length; i++) if ((words[i]! & 0x7fffffff) > 0x7f800000) return true;
  return false;
}
