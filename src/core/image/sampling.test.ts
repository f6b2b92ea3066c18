import { describe, expect, it } from 'vitest';
import { offeredSteps, resolveSampling, samplingFor } from './sampling';

const plain = { steps: [1, 2, 4], default: 2 } as const;
const both = { ...plain, distilled: { path: 'distilled.onnx' } };

it('offers the distilled network first, where there is one', () => {
  expect(offeredSteps(plain)).toEqual([1, 2, 4]);
  expect(offeredSteps(both)).toEqual(['distilled', 1, 2, 4]);
});

it('takes the requested sampling as far as it is offered', () => {
  expect(samplingFor(both, 'distilled', 5)).toEqual({ steps: 'distilled', seed: 5 });
  expect(samplingFor(both, 4, 0)).toEqual({ steps: 4, seed: 0 });
  expect(samplingFor(plain, null, 1)).toEqual({ steps: 2, seed: 1 });
  expect(samplingFor(plain, 'distilled', 1).steps).toBe(2);
  expect(samplingFor(plain, 3, 1).steps).toBe(2);
});

describe('resolveSampling', () => {
  const flow = { label: 'Flow', sampler: plain };

  it('completes what is asked for', () => {
    expect(resolveSampling(flow, {})).toEqual({ steps: 2, seed: 0 });
    expect(resolveSampling(flow, { steps: 100 })).toEqual({ steps: 100, seed: 0 });
    expect(resolveSampling(flow, { seed: 4294967295 })).toEqual({ steps: 2, seed: 4294967295 });
    expect(resolveSampling({ label: 'Linear' }, {})).toBe(undefined);
  });

  it.each([
    [flow, { steps: 0 }, 'Flow cannot draw in 0 steps.'],
    [flow, { steps: 2.5 }, 'Flow cannot draw in 2.5 steps.'],
    [flow, { steps: 257 }, 'Flow cannot draw in 257 steps.'],
    [flow, { steps: 'distilled' }, 'Flow has no distilled network.'],
    [flow, { seed: -1 }, '-1 is not a seed.'],
    [flow, { seed: 2 ** 32 }, '4294967296 is not a seed.'],
    [{ label: 'Linear' }, { steps: 4 }, 'Linear draws in one go: it has neither steps nor a seed.'],
    [{ label: 'Linear' }, { seed: 0 }, 'Linear draws in one go: it has neither steps nor a seed.'],
  ] as const)('refuses what is out of range: %j %j', (model, wanted, message) => {
    expect(() => resolveSampling(model, wanted)).toThrow(
      expect.objectContaining({ code: 'model-run', message, hint: expect.stringMatching(/\./) }),
    );
  });
});
