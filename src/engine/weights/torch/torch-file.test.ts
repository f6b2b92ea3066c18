import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../../core/errors';
import { mulberry32 } from '../../../core/image/noise';
import { headerLength, readHeader } from '../safetensors';
import { safetensorsOf } from '../testing/convert-whole';
import { networkOf } from './network';
import { readTorchFile, stateDicts } from './torch-file';

const FIXTURES = 'src/engine/weights/torch/fixtures';
const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.pt'));
const expected: Readonly<Record<string, { dims: number[]; values: number[] }>> = JSON.parse(
  readFileSync(`${FIXTURES}/expected.json`, 'utf8'),
);

const fixture = (name: string) => new Blob([new Uint8Array(readFileSync(`${FIXTURES}/${name}`))]);

/** The tensors of a safetensors file, as numbers. */
function numbersOf(bytes: Uint8Array<ArrayBuffer>): Record<string, { dims: number[]; values: number[] }> {
  const tensors = readHeader(bytes.subarray(0, headerLength(bytes, 'x')), bytes.length, 'x');
  const found: Record<string, { dims: number[]; values: number[] }> = {};
  for (const [name, { type, dims, offset, length }] of tensors) {
    const view = new DataView(bytes.buffer, offset, length);
    const size = type === 'float16' ? 2 : 4;
    const read = {
      float32: (at: number) => view.getFloat32(at, true),
      float16: (at: number) => half(view.getUint16(at, true)),
      int32: (at: number) => view.getInt32(at, true),
    }[type as 'float32' | 'float16' | 'int32'];
    found[name] = {
      dims: [...dims],
      values: Array.from({ length: length / size }, (_, i) => read(i * size)),
    };
  }
  return found;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, mantissa] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

/** A file of one pickle, as pickle.dump writes it. */
const pickle = (...parts: (string | number[])[]) =>
  new Blob(
    [[0x80, 2], ...parts].map((part) => new Uint8Array(typeof part === 'string' ? Buffer.from(part) : part)),
  );

const read = (blob: Blob) =>
  readTorchFile(
    async (from, length) => new Uint8Array(await blob.slice(from, from + length).arrayBuffer()),
    blob.size,
    'model.pt',
  );

describe.each(files)('%s', (name) => {
  it.each([1, 7, 100_000])(
    'holds the numbers that PyTorch put into it, in pieces of %i bytes',
    async (pieceBytes) => {
      const found = numbersOf(await safetensorsOf([{ name, content: fixture(name) }], { pieceBytes }));
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
      for (const [key, { dims, values }] of Object.entries(expected)) {
        expect([key, found[key]!.dims]).toEqual([key, dims]);
        expect([key, found[key]!.values]).toEqual([key, key === 'double' ? values.map(Math.fround) : values]);
      }
    },
  );

  it('names its networks, the averaged one of two first where they are as large', async () => {
    const { root } = await read(fixture(name));
    expect(stateDicts(root).map(({ path, tensors }) => [path, tensors.size])).toEqual([
      ['ema.state_dict', 16],
      ['model', 1],
    ]);
    expect(root instanceof Map && root.get('epoch')).toBe(3);
    expect(root instanceof Map && root.get('note')).toBe('é');
    const { fields } = (root as unknown as Map<string, { fields: Map<string, unknown> }>).get('args')!;
    expect(fields.get('size')).toEqual([4, 6]);
    expect(fields.get('nested')).toEqual(
      new Map<string, unknown>([
        ['a', [1, 2.5, null, true]],
        ['big', 2n ** 70n],
        ['neg', -1],
      ]),
    );
  });
});

describe('a file that asks for more than data', () => {
  it.each([
    ['posix', 'system', /asks for posix\.system, which would use the operating system.*Nothing was run/],
    ['builtins', 'eval', /would run Python code that the file brings along/],
    ['subprocess', 'Popen', /would start another program/],
    ['numpy.core.multiarray', '_reconstruct', /would make an array/],
    ['torch', 'load', /would read another pickle/],
    ['torch._utils', '_rebuild_tensor_v22', /would call a function of PyTorch/],
    ['mine', 'Model', /would call code that this page does not have/],
  ])('is refused for %s.%s', async (module, name, message) => {
    const asking = read(pickle(`c${module}\n${name}\n`, 'X', [3, 0, 0, 0], 'abc', [0x85], 'R.'));
    await expect(asking).rejects.toMatchObject({
      code: 'checkpoint-refused',
      message: expect.stringMatching(message),
    });
  });

  it('is refused where it calls a name that is only data', async () => {
    await expect(read(pickle('ctorch\nfloat16\n', ')R.'))).rejects.toMatchObject({
      code: 'checkpoint-refused',
    });
  });
});

describe('a damaged file', () => {
  it.each([
    ['of nothing', pickle()],
    ['that takes what is not there', pickle('0.')],
    ['that recalls what it never said', pickle('h', [9], '.')],
    ['with a group that never began', pickle('t.')],
    ['of an opcode that does not exist', pickle([0xff], '.')],
    ['of a text that is longer than the file', pickle('X', [255, 255, 255, 127], 'ab.')],
    ['of another protocol', new Blob([new Uint8Array([0x80, 2, 0x80, 9, 0x2e])])],
    ['that is cut', fixture(files[0]!).slice(0, 900)],
    ['that has no end', fixture(files[0]!).slice(0, -40)],
  ])('%s is called damaged', async (_, blob) => {
    await expect(read(blob)).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('without named tensors says so', async () => {
    const { root } = await read(pickle('K', [7], '.'));
    expect(() => networkOf(stateDicts(root), 'model.pt')).toThrow('no tensors have names');
  });

  it('looks once into what refers to itself, and into what is shared a million times', async () => {
    // A dictionary that holds itself.
    const itself = await read(pickle('}q', [0], 'X', [1, 0, 0, 0], 'ah', [0], 's.'));
    expect(stateDicts(itself.root)).toEqual([]);
    // Thirty lists, each of which holds the one before twice.
    const laughs = Array.from({ length: 30 }, (_, i) => [0x28, 0x68, i, 0x68, i, 0x6c, 0x71, i + 1]);
    const { root } = await read(pickle(']q', [0], ...laughs, '.'));
    expect(stateDicts(root)).toEqual([]);
  });

  it.each(files)('of any kind, made from %s, is read or refused, and soon', async (name) => {
    const whole = new Uint8Array(readFileSync(`${FIXTURES}/${name}`));
    const next = mulberry32(7);
    const allowed = Number(process.env['MUTATIONS'] ?? 100);
    for (let turn = 0; turn < allowed; turn++) {
      const bytes = whole.slice();
      for (let change = 1 + (next() % 4); change > 0; change--) bytes[next() % bytes.length] = next() & 255;
      const cut = next() % 8 === 0 ? bytes.subarray(0, next() % bytes.length) : bytes;
      const blob = new Blob([cut]);
      const began = performance.now();
      try {
        const safe = await safetensorsOf([{ name, content: blob }]);
        expect(safe.length).toBeLessThan(4 * whole.length);
      } catch (error) {
        if (!(error instanceof TokenoscopeError)) throw error;
        expect(['model-corrupt', 'checkpoint-refused']).toContain(error.code);
      }
      // Milliseconds are usual; other work of a busy machine is not to fail it.
      expect(performance.now() - began).toBeLessThan(20_000);
    }
  });
});
