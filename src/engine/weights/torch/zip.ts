import { TokenoscopeError } from '../../../core/errors';
import { damaged } from '../damaged';

/** Reads a part of a file. */
export type ReadAt = (from: number, length: number) => Promise<Uint8Array>;

/** A file in a zip archive, stored as it is. */
export interface ZipEntry {
  readonly name: string;
  /** Of its local header, from the start of the archive. */
  readonly header: number;
  /** Of its name, in bytes. */
  readonly nameLength: number;
  readonly length: number;
}

/** Where the bytes of a file in an archive begin, and the bytes of its local header that say so. */
export interface ZipPlace {
  readonly start: number;
  readonly said: { readonly from: number; readonly bytes: Uint8Array };
}

const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Of the record at the end, with the longest comment. */
const END_LIMIT = 22 + 0xffff;
const LOCAL_BYTES = 30;
/** More than any checkpoint has. */
const DIRECTORY_LIMIT = 64_000_000;

/**
 * Lists a zip archive (APPNOTE.TXT 6.3, with zip64) by its directory, of which only the end of the file is read.
 * @throws TokenoscopeError `model-corrupt`; `checkpoint-refused` where files are compressed or encrypted
 */
export async function listZip(readAt: ReadAt, length: number, name: string): Promise<readonly ZipEntry[]> {
  const tailLength = Math.min(length, END_LIMIT);
  const tail = await readAt(length - tailLength, tailLength);
  const view = viewOf(tail);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw damaged(name, 'its directory, which stands at the end, is missing');
  let [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (end >= 20 && view.getUint32(end - 20, true) === END_64_LOCATOR) {
    const at = Number(view.getBigUint64(end - 12, true));
    if (!(at + 56 <= length)) throw damaged(name, 'its directory is not where it should be');
    const record = viewOf(await readAt(at, 56));
    if (record.getUint32(0, true) !== END_64) throw damaged(name, 'its directory is not where it should be');
    size = Number(record.getBigUint64(40, true));
    start = Number(record.getBigUint64(48, true));
  }
  if (!(size <= DIRECTORY_LIMIT && start + size <= length))
    throw damaged(name, 'its directory is not where it should be');
  const directory = viewOf(await readAt(start, size));
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.byteLength; ) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== CENTRAL)
      throw damaged(name, 'its directory is cut');
    const [flags, method] = [directory.getUint16(at + 8, true), directory.getUint16(at + 10, true)];
    const nameLength = directory.getUint16(at + 28, true);
    const extraLength = directory.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + directory.getUint16(at + 32, true);
    if (next > directory.byteLength) throw damaged(name, 'its directory is cut');
    const file = new TextDecoder().decode(bytesOf(directory, at + 46, nameLength));
    if (method !== 0 || (flags & 1) === 1) {
      throw new TokenoscopeError(
        'checkpoint-refused',
        `${name} is a zip archive whose files are compressed or locked; those of PyTorch are neither.`,
        'Where it is an archive of a checkpoint, unpack it and drop what is in it.',
      );
    }
    const extra = viewOf(bytesOf(directory, at + 46 + nameLength, extraLength));
    const sizes = largeSizes(extra, [
      directory.getUint32(at + 24, true),
      directory.getUint32(at + 20, true),
      directory.getUint32(at + 42, true),
    ]);
    if (!sizes) throw damaged(name, 'its directory lacks the length of a file');
    const [bytes, stored, header] = sizes;
    if (bytes !== stored || !(header + 30 + bytes <= length))
      throw damaged(name, `"${shorten(file)}" in it does not lie within it`);
    entries.push({ name: file, header, nameLength, length: bytes });
    at = next;
  }
  return entries;
}

/** Where the bytes of a file in an archive begin, by its local header. @throws TokenoscopeError `model-corrupt` */
export async function findPlace(
  readAt: ReadAt,
  length: number,
  entry: ZipEntry,
  name: string,
): Promise<ZipPlace> {
  const bytes = await readAt(entry.header, LOCAL_BYTES);
  const local = viewOf(bytes);
  if (bytes.length === LOCAL_BYTES && local.getUint32(0, true) === LOCAL) {
    const start = entry.header + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
    if (start + entry.length <= length) return placeOf(entry, start);
  }
  throw damaged(name, `"${shorten(entry.name)}" is not where its directory says`);
}

/**
 * Where torch.save puts the bytes of a file: behind its local header, at the next multiple of the alignment
 * (`getPadding` in PyTorch's caffe2/serialize/inline_container.cc). So a local header need not be read to know it; what it
 * has to say then can be compared when it is.
 * @param alignment in bytes
 */
export function expectedPlace(entry: ZipEntry, alignment: number): ZipPlace {
  const { header, nameLength, length } = entry;
  const large = 0xffff_ffff;
  // Behind the name, the padding's own mark, and lengths and places of 64 bits where they are needed.
  let start = header + LOCAL_BYTES + nameLength + 4;
  if (length >= large || header >= large) start += 4 + (length >= large ? 16 : 0) + (header >= large ? 8 : 0);
  return placeOf(entry, Math.ceil(start / alignment) * alignment);
}

function placeOf({ header, nameLength }: ZipEntry, start: number): ZipPlace {
  const bytes = new Uint8Array(4);
  const view = viewOf(bytes);
  view.setUint16(0, nameLength, true);
  view.setUint16(2, start - header - LOCAL_BYTES - nameLength, true);
  return { start, said: { from: header + 26, bytes } };
}

/** Sizes of zip64, in an extra field, for those that do not fit into 32 bits. */
function largeSizes(
  extra: DataView,
  sizes: readonly [number, number, number],
): [number, number, number] | undefined {
  const large = 0xffff_ffff;
  const found: number[] = [];
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const [id, length] = [extra.getUint16(at, true), extra.getUint16(at + 2, true)];
    if (at + 4 + length > extra.byteLength) break;
    if (id === 1) {
      for (let i = 0; i + 8 <= length; i += 8) found.push(Number(extra.getBigUint64(at + 4 + i, true)));
    }
    at += 4 + length;
  }
  const read = sizes.map((size) => (size === large ? found.shift() : size));
  const [a, b, c] = read;
  return a === undefined || b === undefined || c === undefined ? undefined : [a, b, c];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
