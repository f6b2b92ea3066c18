import { planHalf } from '../half-file';
import { openWeights } from '../open-weights';
import { readWholeWeights } from '../whole-weights';

/**
 * Weights of any kind as the safetensors that would be kept of them, converted piece by piece as when they arrive.
 * @param pieceBytes of the source, about
 */
export async function safetensorsOf(
  files: readonly { readonly name: string; readonly content: Blob }[],
  { pieceBytes = 1000, half: wantsHalf = false } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const opened = await openWeights(
    files.map(({ name, content }) => ({
      path: name,
      bytes: content.size,
      sha256: null,
      from: { blob: content },
    })),
  );
  const half = wantsHalf ? planHalf(opened.header, opened.bytes, 'x')! : undefined;
  return readWholeWeights(opened, { half, readBytes: pieceBytes });
}
