import { asSafetensors, halved, readLoose } from '../conversion';
import { openParts } from '../file-parts';
import { planHalf } from '../half-file';
import type { ListedFile } from '../listing';
import { openWeights } from '../open-weights';

/**
 * Weights of any kind as the safetensors that would be kept of them, converted piece by piece as when they arrive.
 * @param pieceBytes of the source, about
 */
export async function safetensorsOf(
  files: readonly { readonly name: string; readonly content: Blob }[],
  { pieceBytes = 1000, half: wantsHalf = false } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const listed = files.map(({ name, content }): ListedFile & { readonly from: { readonly blob: Blob } } => ({
    path: name,
    bytes: content.size,
    sha256: null,
    from: { blob: content },
  }));
  const { header, bytes: length, files: planned } = await openWeights(listed);
  const half = wantsHalf ? planHalf(header, length, 'x')! : undefined;
  const parts: BlobPart[] = [];
  let start = 0;
  for (const [i, { layout }] of planned.entries()) {
    const { blob } = listed[i]!.from;
    const { readAt } = await openParts(listed[i]!);
    const whole =
      layout && asSafetensors(layout, i === 0 ? header : new Uint8Array(0), await readLoose(layout, readAt));
    const conversion = whole && half ? halved(whole, half, start) : (whole ?? half);
    if (!conversion) return new Uint8Array(await blob.arrayBuffer());
    for (let piece = 0; conversion.cut(piece * pieceBytes) < blob.size; piece++) {
      const from = conversion.cut(piece * pieceBytes);
      const to = Math.min(conversion.cut((piece + 1) * pieceBytes), blob.size);
      parts.push(conversion.convert(from, new Uint8Array(await blob.slice(from, to).arrayBuffer())));
    }
    start += (i === 0 ? header.length : 0) + (layout?.bytes ?? 0);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
