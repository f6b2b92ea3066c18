import { TokenoscopeError } from '../../core/errors';
import { convertCommand } from './choose-files';

/** How many bytes `refuseOtherWeights` looks at. */
export const SIGNATURE_BYTES = 256;

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
      `${name} is a web page, not a safetensors file.`,
      'Check the address, or get the file again.',
    );
  }
  const [a = 0, b = 0] = start;
  if (text.startsWith('PK\x03\x04') || (a === 0x80 && b >= 2 && b <= 5)) {
    const what = a === 0x80 ? 'a Python pickle' : 'a zip archive, as PyTorch files are';
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${name} is ${what}, not a safetensors file, whatever its name says.`,
      `Unpack it where it is an archive of a checkpoint. Where it is a file of PyTorch that you trust, convert it with Python (pip install torch safetensors) and this one line:\n${convertCommand(name)}`,
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
