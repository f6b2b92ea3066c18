import { describe, expect, it } from 'vitest';
import { estimateSeconds, findMisfit, memoryNeeded } from './fit';

/** One-D-Piece-S-256: 83.9 million parameters. */
const small = { name: 'One-D-Piece-S-256', bytes: 335_600_000, parameters: 83_900_000 };
const large = { name: 'One-D-Piece-L-256', bytes: 2_568_000_000, parameters: 642_000_000 };
const huge = { name: 'Huge', bytes: 8e9, parameters: 2e9 };

describe('findMisfit', () => {
  it('lets through what fits, and what no browser tells anything about', () => {
    expect(findMisfit(small, { memory: 4, free: 1e9 })).toBeNull();
    expect(findMisfit(large, { memory: undefined, free: undefined })).toBeNull();
  });

  it('names what is needed and what is offered', () => {
    const error = findMisfit(large, { memory: 4, free: 1e12 });
    expect(error?.code).toBe('checkpoint-too-large');
    expect(error?.message).toBe(
      'One-D-Piece-L-256 needs about 5.5 GB of memory; this device offers a page about 3.2 GB.',
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

it('weights of 16 bits take twice their file as 32-bit floats', () => {
  const half = { bytes: 2e8, parameters: 1e8 };
  expect(memoryNeeded(half) - memoryNeeded({ bytes: 4e8, parameters: 1e8 })).toBe(-2e8);
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
