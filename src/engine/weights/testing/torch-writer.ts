import { headerLength, readHeader } from '../safetensors';

/** A safetensors file as torch.save wrote it before version 1.6: five pickles, and the numbers behind them. */
export function torchStreamOf(safetensors: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = safetensors.subarray(0, headerLength(safetensors, 'source'));
  const tensors = [...readHeader(header, safetensors.length, 'source')];
  const object: Part[] = ['}'];
  const keys: Part[] = [']('];
  const storages: Part[] = [];
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
    object.push(text('cpu'), whole(count), 'NtQ', whole(0), tuple(dims), tuple(strides), [0x89]);
    object.push('ccollections\nOrderedDict\n)RtRs');
    keys.push(key);
    const numel = new Uint8Array(8);
    new DataView(numel.buffer).setBigInt64(0, BigInt(count), true);
    storages.push([...numel], safetensors.subarray(offset, offset + length));
  }
  const magic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const pickles = [[magic], [whole(1001)], ['}'], object, [...keys, 'e']];
  return joined([...pickles.flatMap((pickle) => [[0x80, 2], ...pickle, '.']), ...storages]);
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
