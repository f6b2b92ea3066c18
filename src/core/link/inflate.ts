/** Thrown when a stream proves larger than allowed. */
export class TooLarge extends Error {}

/**
 * Inflates a raw DEFLATE stream (RFC 1951) off the main thread, and stops as soon as it proves larger than `limit`
 * bytes: a few bytes can expand to gigabytes, so time and memory must not depend on the expanded size.
 * @throws TooLarge; TypeError where the stream is damaged, cut, or followed by something else
 */
export function inflateCapped(compressed: Blob, limit: number): Promise<Uint8Array> {
  return collect(compressed, new DecompressionStream('deflate-raw'), limit);
}

/** All bytes that come out of a transform. @throws TooLarge and what the transform throws */
export async function collect(
  source: Blob,
  transform: CompressionStream | DecompressionStream,
  limit = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = source.stream().pipeThrough(transform).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    size += step.value.length;
    if (size > limit) {
      void reader.cancel().catch(() => {});
      throw new TooLarge();
    }
    pieces.push(step.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
