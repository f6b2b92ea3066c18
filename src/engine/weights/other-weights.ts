import { TokenoscopeError } from '../../core/errors';

/** How many bytes are looked at. */
const SIGNATURE_BYTES = 256;

/**
 * Refuses a file called .safetensors that is something else, and says what it is.
 * @param start the file's first bytes
 * @throws TokenoscopeError `model-corrupt`, `checkpoint-refused`
 */
export function refuseOtherWeights(start: Uint8Array, name: string): void {
  const text = new TextDecoder('latin1').decode(start.subarray(0, SIGNATURE_BYTES));
  if (start.length === 0) {
    throw new TokenoscopeError('model-corrupt', `${name} is empty.`, 'Get the file again.');
  }
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    const bytes = Number(/^size (\d+)$/m.exec(text)?.[1] ?? 0);
    const size = bytes > 0 ? ` of ${(bytes / 1e6).toFixed(1)} MB` : '';
    throw new TokenoscopeError(
      'model-corrupt',
      `${name} is only a pointer of Git LFS to the weights${size}, not the weights themselves.`,
      'Run "git lfs pull" in that folder, or download the file from the page of its repository.',
    );
  }
  if (/^\s*<(!doctype|html|head|\?xml)/i.test(text)) {
    throw new TokenoscopeError(
      'model-corrupt',
      `${name} is a web page, not a file of weights.`,
      'Check the address, or get the file again.',
    );
  }
  const other = OTHERS.find(([signature]) => text.startsWith(signature));
  if (other) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${name} is ${other[1]}, not a safetensors file, whatever its name says.`,
      'Get the safetensors file of the same model, with its config.json.',
    );
  }
}

const OTHERS: readonly (readonly [signature: string, what: string])[] = [
  ['GGUF', 'a GGUF file'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\x89HDF', 'an HDF5 file'],
  ['\x93NUMPY', 'a NumPy array'],
  ['{', 'a JSON text'],
];
