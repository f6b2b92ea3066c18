import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toHalf } from '../../core/half';
import { planHalf } from './half-file';
import { headerLength, readHeader } from './safetensors';

/** A file of tensors one after another, some bytes apart where `gap` is given. */
function fileOf(
  tensors: Readonly<Record<string, { dtype: string; shape: number[]; data: Uint8Array; gap?: number }>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [name, { dtype, shape, data, gap = 0 }] of Object.entries(tensors)) {
    parts.push(new Uint8Array(gap).fill(7), data);
    header[name] = { dtype, shape, data_offsets: [at + gap, at + gap + data.length] };
    at += gap + data.length;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, ...parts]));
}

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const ramp = (count: number) => floats(...Array.from({ length: count }, (_, i) => Math.sin(i) / 3));
const headerOf = (file: Uint8Array) => file.subarray(0, headerLength(file, 'w'));
const tensorsOf = (file: Uint8Array) => readHeader(headerOf(file), file.length, 'w');

function planOf(file: Uint8Array) {
  const plan = planHalf(headerOf(file), file.length, 'w');
  if (!plan) throw new Error('There is nothing to round.');
  return plan;
}

/** Converts in parts of the size, as far as cuts allow. */
function inParts(file: Uint8Array, size: number): Buffer {
  const plan = planOf(file);
  const parts: Uint8Array[] = [];
  for (let i = 0; i * size < file.length; i++) {
    const from = plan.cut(i * size);
    const to = Math.min(file.length, plan.cut((i + 1) * size));
    parts.push(plan.convert(from, file.subarray(from, to)));
  }
  return Buffer.concat(parts);
}

/** Matrices between vectors, halves, integers and odd bytes, so that nothing is aligned. */
const MIXED = fileOf({
  'norm.weight': { dtype: 'F32', shape: [5], data: ramp(5) },
  'linear.weight': { dtype: 'F32', shape: [3, 4], data: ramp(12), gap: 3 },
  'half.weight': { dtype: 'F16', shape: [3, 3], data: new Uint8Array(18).fill(60), gap: 1 },
  'conv.weight': { dtype: 'F32', shape: [2, 3, 1, 1], data: ramp(6) },
  mask_token: { dtype: 'F32', shape: [1, 1, 7], data: ramp(7) },
  count: { dtype: 'I32', shape: [2, 2], data: new Uint8Array(16).fill(9), gap: 2 },
  none: { dtype: 'F32', shape: [0, 4], data: new Uint8Array(0) },
  'last.weight': { dtype: 'F32', shape: [2, 2], data: ramp(4) },
});

describe('a file in half precision', () => {
  it('holds matrices in 16 bits, and everything else as it was', () => {
    const converted = planOf(MIXED).convert(0, MIXED);
    expect(converted).toHaveLength(planOf(MIXED).bytes);
    expect(headerLength(converted, 'w') % 8).toBe(0);
    const before = tensorsOf(MIXED);
    const after = tensorsOf(converted);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const rounded = ['linear.weight', 'conv.weight', 'last.weight'];
    for (const [name, { type, dims, offset, length }] of before) {
      const bytes = MIXED.subarray(offset, offset + length);
      const now = after.get(name)!;
      const isRounded = rounded.includes(name);
      expect({ name, type: now.type, dims: now.dims }).toEqual({
        name,
        type: isRounded ? 'float16' : type,
        dims,
      });
      expect(converted.subarray(now.offset, now.offset + now.length)).toEqual(
        isRounded ? toHalf(bytes) : Uint8Array.from(bytes),
      );
    }
    expect(JSON.parse(new TextDecoder().decode(headerOf(converted).subarray(8))).__metadata__).toEqual({
      format: 'pt',
    });
  });

  it('comes out the same in parts of any size', () => {
    const whole = planOf(MIXED).convert(0, MIXED);
    for (let size = 4; size <= MIXED.length; size++) expect(inParts(MIXED, size).equals(whole)).toBe(true);
  });

  it('of a checkpoint is about half as large', () => {
    const file = readFileSync(
      join(import.meta.dirname, '../families/fixtures/one-d-piece-tiny/model.safetensors'),
    );
    const plan = planOf(file);
    expect(plan.bytes / file.length).toBeGreaterThan(0.5);
    expect(plan.bytes / file.length).toBeLessThan(0.53);
    expect(inParts(file, 65_537).equals(plan.convert(0, file))).toBe(true);
  });

  it('is not made where nothing would be rounded', () => {
    const vectors = fileOf({ a: { dtype: 'F32', shape: [1, 3], data: ramp(3) } });
    expect(planHalf(headerOf(vectors), vectors.length, 'w')).toBeNull();
    expect(planHalf(headerOf(fileOf({})), fileOf({}).length, 'w')).toBeNull();
  });

  it('is refused where a number would become infinite, by the name of its tensor', () => {
    const file = fileOf({ huge: { dtype: 'F32', shape: [2, 2], data: floats(1, 2, -70_000, 3) } });
    expect(() => planOf(file).convert(0, file)).toThrow(
      '"huge" holds -70000.0, and half precision ends at 65504.',
    );
    // It may be infinite from the start.
    const infinite = fileOf({ huge: { dtype: 'F32', shape: [1, 2, 2], data: floats(1, Infinity, 0, 3) } });
    expect(planOf(infinite).convert(0, infinite)).toHaveLength(planOf(infinite).bytes);
  });

  it('is refused where the file begins otherwise than it did', () => {
    const other = Uint8Array.from(MIXED);
    other[20]! ^= 1;
    expect(() => planOf(MIXED).convert(0, other)).toThrow('w is no longer the file that was inspected.');
    expect(() => planOf(MIXED).convert(16, other.subarray(16, 24))).toThrow('no longer the file');
  });
});
