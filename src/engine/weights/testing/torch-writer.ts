import { headerLength, readHeader } from '../safetensors';

/** A safetensors file as torch.save wrote it before version 1.6: five pickles, and the numbers behind them. */
export function torchStreamOf(safetensors: Uint8Array): Uint8Array<ArrayBuffer> {
  const { object, keys, storages } = pickled(safetensors);
  const magic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const pickles = [[magic], [whole(1001)], ['}'], object, ['](', ...keys, 'e']];
  const numbers = storages.flatMap(({ count, bytes }) => {
    const numel = new Uint8Array(8);
    new DataView(numel.buffer).setBigInt64(0, BigInt(count), true);
    return [numel, bytes];
  });
  return joined([...pickles.flatMap((pickle) => [[0x80, 2], ...pickle, '.']), ...numbers]);
}

/**
 * The same as torch.save writes it since then: a zip archive of stored files, each of which begins at a multiple of 64.
 * @param large with lengths and places of 64 bits in the directory, as from 4 GB on
 */
export function torchArchiveOf(safetensors: Uint8Array, large = false): Uint8Array<ArrayBuffer> {
  const { object, storages } = pickled(safetensors);
  const files: (readonly [name: string, content: Uint8Array])[] = [
    ['data.pkl', joined([[0x80, 2], ...object, '.'])],
    ['byteorder', joined(['little'])],
    ...storages.map(({ bytes }, i) => [`data/${i}`, bytes] as const),
    ['version', joined(['3\n'])],
  ];
  const parts: Part[] = [];
  const directory: Part[] = [];
  let at = 0;
  const put = (part: Part) => {
    parts.push(part);
    at += part.length;
  };
  for (const [file, content] of files) {
    const name = joined([`archive/${file}`]);
    const header = at;
    const padding = 63 - ((at + 30 + name.length + 4 + 63) % 64);
    const sizes = [...number(content.length, 4), ...number(content.length, 4)];
    const about = [...number(0x808, 2), ...number(0, 2), ...number(0, 4), ...number(0, 4)];
    put([...number(0x04034b50, 4), 0, 0, ...about, ...number(0, 8), ...number(name.length, 2)]);
    put([
      ...number(padding + 4, 2),
      ...name,
      0x46,
      0x42,
      ...number(padding, 2),
      ...Array<number>(padding).fill(0x5a),
    ]);
    put(content);
    put([...number(0x08074b50, 4), ...number(0, 4), ...sizes]);
    const wide = [
      ...number(1, 2),
      ...number(24, 2),
      ...[content.length, content.length, header].flatMap((value) => number(value, 8)),
    ];
    const none = number(0xffff_ffff, 4);
    directory.push([...number(0x02014b50, 4), 0, 0, 0, 0, ...about, ...(large ? [...none, ...none] : sizes)]);
    directory.push([...number(name.length, 2), ...number(large ? wide.length : 0, 2), ...number(0, 10)]);
    directory.push([...(large ? none : number(header, 4)), ...name, ...(large ? wide : [])]);
  }
  const list = joined(directory);
  const start = at;
  put(list);
  if (large) {
    const end = at;
    put([
      ...number(0x06064b50, 4),
      ...number(44, 8),
      ...number(0, 12),
      ...number(files.length, 8),
      ...number(files.length, 8),
    ]);
    put([...number(list.length, 8), ...number(start, 8)]);
    put([...number(0x07064b50, 4), ...number(0, 4), ...number(end, 8), ...number(1, 4)]);
  }
  const [size, place] = large ? [0xffff_ffff, 0xffff_ffff] : [list.length, start];
  put([...number(0x06054b50, 4), ...number(0, 8), ...number(size, 4), ...number(place, 4), 0, 0]);
  return joined(parts);
}

/** The object of a state dict without protocol and stop, the keys of its storages, and these. */
function pickled(safetensors: Uint8Array): {
  readonly object: readonly Part[];
  readonly keys: readonly Part[];
  readonly storages: readonly { readonly count: number; readonly bytes: Uint8Array }[];
} {
  const header = safetensors.subarray(0, headerLength(safetensors, 'source'));
  const tensors = [...readHeader(header, safetensors.length, 'source')];
  const object: Part[] = ['}'];
  const keys: Part[] = [];
  const storages: { count: number; bytes: Uint8Array }[] = [];
  for (const [index, [name, { type, dims, offset, length }]] of tensors.entries()) {
    const storage = { float32: 'FloatStorage', float16: 'HalfStorage', int32: 'IntStorage' }[type as string]!;
    const count = length / (type === 'float16' ? 2 : 4);
    const strides = dims.map((_, d) => dims.slice(d + 1).reduce((product, dim) => product * dim, 1));
    const key = text(String(index));
    object.push(
      text(name),
      'ctorch._utils\n_rebuild_tensor_v2\n((',
      text('storage'),
      `ctorch\n${storage}\n`,
      key,
    );
    object.push(text('cpu'), whole(count), 'tQ', whole(0), tuple(dims), tuple(strides), [0x89]);
    object.push('ccollections\nOrderedDict\n)RtRs');
    keys.push(key);
    storages.push({ count, bytes: safetensors.subarray(offset, offset + length) });
  }
  return { object, keys, storages };
}

/** A whole number, its least byte first. */
function number(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

type Part = string | Uint8Array | readonly number[];

function whole(value: number): Part {
  return ['J'.charCodeAt(0), value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}

function text(value: string): Part {
  const bytes = new TextEncoder().encode(value);
  return joined(['X', [bytes.length & 255, bytes.length >> 8, 0, 0], bytes]);
}

function tuple(values: readonly number[]): Part {
  return joined(['(', ...values.map(whole), 't']);
}

function joined(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part),
  );
  const out = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
