import { TokenoscopeError } from '../../core/errors';
import { toHalf } from '../../core/half';
import { LENGTH_BYTES, readHeader, type StoredTensor } from './safetensors';

/**
 * A safetensors file whose matrices will be kept in half precision. Stateless: any part of the file
 * that begins and ends between two numbers can be converted by itself, in any order.
 */
export interface HalfFile {
  /** Of the converted file. */
  readonly bytes: number;
  /** The last place at or before `position` of the source that is not within a number to be rounded. */
  cut(position: number): number;
  /**
   * Converts a part of the source. The converted parts, in order, are the converted file.
   * @param from where the part begins: a `cut`, as its end is
   * @throws TokenoscopeError `model-corrupt` if the file's beginning has changed; `checkpoint-refused` that
   *   names a tensor with a number beyond half precision
   */
  convert(from: number, part: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** A stretch of the source behind its header. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The tensor whose numbers are rounded there; null where bytes stay as they are. */
  readonly rounded: string | null;
}

/** Headers are padded so that tensors begin at a multiple of this, as the format's own library does. */
const ALIGNMENT = 8;

/**
 * Plans how to convert a file. It rounds 32-bit floats of tensors with two axes or more. Vectors (the
 * scales and offsets of norms, biases, mask tokens) stay in 32 bits: they take almost nothing of a file. Whatever the
 * file holds in other types stays as it is.
 * @param header the file's first `headerLength` bytes
 * @param fileLength bytes of the whole file
 * @param name for messages
 * @returns null where there is nothing to round
 * @throws TokenoscopeError `model-corrupt`, as `readHeader`
 */
export function planHalf(header: Uint8Array, fileLength: number, name: string): HalfFile | null {
  const tensors = readHeader(header, fileLength, name);
  const stretches = stretchesOf(tensors, header.length, fileLength);
  if (stretches.every(({ rounded }) => rounded === null)) return null;
  const start = rewriteHeader(header, stretches);
  return {
    bytes: stretches.reduce((sum, stretch) => sum + convertedLength(stretch), start.length),
    cut(position) {
      const inside = stretches.find(({ end }) => position < end);
      return inside?.rounded && position > inside.start
        ? position - ((position - inside.start) % 4)
        : position;
    },
    convert(from, part) {
      const end = from + part.length;
      const headerPart = part.subarray(0, Math.max(0, header.length - from));
      if (headerPart.some((byte, i) => byte !== header[from + i])) throw changed(name);
      const results: Uint8Array[] = from === 0 ? [start] : [];
      for (const stretch of stretches) {
        const [first, last] = [Math.max(stretch.start, from), Math.min(stretch.end, end)];
        if (first < last) results.push(convertBytes(stretch, part.subarray(first - from, last - from)));
      }
      return concatenate(results);
    },
  };
}

/** Every byte after the header is in one of these, in order. */
function stretchesOf(
  tensors: ReadonlyMap<string, StoredTensor>,
  headerBytes: number,
  fileLength: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  let at = headerBytes;
  const fill = (end: number) => {
    if (end > at) stretches.push({ start: at, end, rounded: null });
  };
  for (const [name, tensor] of [...tensors].sort(([, a], [, b]) => a.offset - b.offset)) {
    if (!isRounded(tensor)) continue;
    const { offset, length } = tensor;
    fill(offset);
    at = offset + length;
    stretches.push({ start: offset, end: at, rounded: name });
  }
  fill(fileLength);
  return stretches;
}

function isRounded({ type, dims, length }: StoredTensor): boolean {
  return type === 'float32' && length > 0 && dims.filter((dim) => dim > 1).length > 1;
}

function convertedLength({ start, end, rounded }: Stretch): number {
  return rounded === null ? end - start : (end - start) / 2;
}

function convertBytes({ rounded }: Stretch, bytes: Uint8Array): Uint8Array {
  if (rounded === null) return bytes;
  const halves = toHalf(bytes);
  if (halves instanceof Uint8Array) return halves;
  throw new TokenoscopeError(
    'checkpoint-refused',
    `"${rounded}" holds ${halves.value.toPrecision(6)}, and half precision ends at 65504.`,
    'Keep this checkpoint in full precision.',
  );
}

/** The header of the converted file, padded, with the 8 bytes of its length. */
function rewriteHeader(header: Uint8Array, stretches: readonly Stretch[]): Uint8Array {
  const rounded = new Set(stretches.map((stretch) => stretch.rounded));
  /** The place after the new header of a byte after the source's header. */
  const move = (offset: number): number => {
    const position = header.length + offset;
    return stretches
      .filter(({ start }) => start < position)
      .reduce((sum, { start, end, rounded: name }) => {
        const length = Math.min(end, position) - start;
        return sum + (name === null ? length : length / 2);
      }, 0);
  };
  const tensors = JSON.parse(new TextDecoder().decode(header.subarray(LENGTH_BYTES))) as Record<
    string,
    { readonly dtype: string; readonly data_offsets: readonly [number, number] }
  >;
  const entries = Object.entries(tensors).map(([name, entry]) => {
    if (name === '__metadata__') return [name, entry];
    const [from, to] = entry.data_offsets;
    const dtype = rounded.has(name) ? 'F16' : entry.dtype;
    return [name, { ...entry, dtype, data_offsets: [move(from), move(to)] }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil((LENGTH_BYTES + json.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length - LENGTH_BYTES), true);
  bytes.set(json, LENGTH_BYTES);
  return bytes;
}

/** Bytes one behind the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The file is another one now: `model-corrupt`. */
export function changed(name: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `${name} is no longer the file that was inspected.`,
    'Look it up or choose it again.',
  );
}
