import { describe, expect, it } from 'vitest';
import { estimateSeconds, findMisfit, memoryNeeded } from './fit';

/** One-D-Piece-S-256: 83.9 million parameters. */
const small = { ...sizes('One-D-Piece-S-256', 83_900_000), bytes: 335_600_000 };
const large = sizes('One-D-Piece-L-256', 642_000_000);
const huge = sizes('Huge', 2e9);

function sizes(name: string, parameters: number) {
  return { name, parameters, format: 'safetensors', bytes: 4 * parameters } as const;
}

describe('findMisfit', () => {
  it('lets through what fits, and what no browser tells anything about', () => {
    expect(findMisfit(small, { memory: 4, free: 1e9 })).toBeNull();
    expect(findMisfit(large, { memory: undefined, free: undefined })).toBeNull();
  });

  it('names what is needed and what is offered', () => {
    const error = findMisfit(large, { memory: 4, free: 1e12 });
    expect(error?.code).toBe('checkpoint-too-large');
    expect(error?.message).toBe(
      'One-D-Piece-L-256 needs about 3.5 GB of memory; this device offers a page about 3.2 GB.',
    );
    expect(error?.hint).toContain('One-D-Piece-S');
  });

  it('knows what WebAssembly cannot hold on any device', () => {
    expect(findMisfit(huge, { memory: 8, free: undefined })?.message).toContain('WebAssembly has 3.8 GB');
  });

  it('counts what is here already as room that is not needed', () => {
    const device = { memory: 8, free: 200_000_000 };
    expect(findMisfit(small, device)?.message).toContain('takes 336 MB of storage');
    expect(findMisfit(small, device, 200_000_000)).toBeNull();
  });
});

describe('half precision', () => {
  const both = { ...large, halfBytes: large.bytes / 2 };

  it('is named where it fits and full precision does not', () => {
    const memory = findMisfit(both, { memory: 4, free: 1e12 });
    expect(memory?.message).toContain('needs about 3.5 GB of memory');
    expect(memory?.hint).toBe('In half precision it fits: 1.3 GB of storage, 1.9 GB of memory.');
    expect(findMisfit(both, { memory: 8, free: 2e9 })?.hint).toContain('In half precision it fits');
  });

  it('is not named where it fits no better', () => {
    expect(findMisfit(both, { memory: 1, free: 1e12 })?.hint).toContain('A smaller one may do');
    expect(findMisfit(both, { memory: 8, free: 1e9 })?.hint).toContain('Delete checkpoints');
    expect(findMisfit({ ...both, bytes: both.halfBytes }, { memory: 1, free: 1e12 })?.hint).toContain(
      'smaller',
    );
  });

  it('takes half the memory beside what runs it; graphs made elsewhere may be widened', () => {
    const [full, half] = [memoryNeeded(large), memoryNeeded({ ...large, bytes: large.bytes / 2 })];
    expect((full - 0.25e9) / (half - 0.25e9)).toBeCloseTo(2);
    // Beside the file, and with weights of 32 bits.
    const graphs = { ...large, bytes: large.bytes / 2, format: 'onnx' } as const;
    expect(memoryNeeded(graphs)).toBe(large.bytes / 2 + large.bytes + 0.25e9);
  });
});

it('more threads take less time, a GPU less still', () => {
  const seconds = [
    estimateSeconds(1e11, 'wasm', 1),
    estimateSeconds(1e11, 'wasm', 4),
    estimateSeconds(1e11, 'webgpu', 1),
  ];
  expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
  expect(seconds[0]).toBeCloseTo(16.67);
});
