import { describe, expect, it } from 'vitest';
import { offeredSteps, resolveSampling, samplingFor } from './sampling';

const plain = { steps: [1, 2, 4], default: 2 } as const;
const guided = { ...plain, guidance: { default: 7.5, offered: [1, 7.5] } };
const both = { ...plain, distilled: { path: 'distilled.onnx' } };

it('offers the distilled network first, where there is one', () => {
  expect(offeredSteps(plain)).toEqual([1, 2, 4]);
  expect(offeredSteps(both)).toEqual(['distilled', 1, 2, 4]);
});

it('takes the requested sampling as far as it is offered', () => {
  expect(samplingFor(both, { steps: 'distilled', seed: 5 })).toEqual({ steps: 'distilled', seed: 5 });
  expect(samplingFor(both, { steps: 4, seed: 0 })).toEqual({ steps: 4, seed: 0 });
  expect(samplingFor(plain, { steps: null, seed: 1 })).toEqual({ steps: 2, seed: 1 });
  expect(samplingFor(plain, { steps: 'distilled', seed: 1 }).steps).toBe(2);
  expect(samplingFor(plain, { steps: 3, seed: 1 }).steps).toBe(2);
  expect(samplingFor(plain, { steps: 4, seed: 1, guidance: 3 })).toEqual({ steps: 4, seed: 1 });
  expect(samplingFor(guided, { steps: 4, seed: 1, guidance: 3 }).guidance).toBe(3);
  expect(samplingFor(guided, { steps: 4, seed: 1, guidance: null }).guidance).toBe(7.5);
});

describe('resolveSampling', () => {
  const flow = { label: 'Flow', sampler: plain };

  it('completes what is asked for', () => {
    expect(resolveSampling(flow, {})).toEqual({ steps: 2, seed: 0 });
    expect(resolveSampling(flow, { steps: 100 })).toEqual({ steps: 100, seed: 0 });
    expect(resolveSampling(flow, { seed: 4294967295 })).toEqual({ steps: 2, seed: 4294967295 });
    expect(resolveSampling({ label: 'Linear' }, {})).toBe(undefined);
    const model = { label: 'Guided', sampler: guided };
    expect(resolveSampling(model, {})).toEqual({ steps: 2, seed: 0, guidance: 7.5 });
    expect(resolveSampling(model, { guidance: 1 })?.guidance).toBe(1);
  });

  it.each([
    [flow, { steps: 0 }, 'Flow cannot draw in 0 steps.'],
    [flow, { steps: 2.5 }, 'Flow cannot draw in 2.5 steps.'],
    [flow, { steps: 257 }, 'Flow cannot draw in 257 steps.'],
    [flow, { steps: 'distilled' }, 'Flow has no distilled network.'],
    [flow, { seed: -1 }, '-1 is not a seed.'],
    [flow, { seed: 2 ** 32 }, '4294967296 is not a seed.'],
    [flow, { guidance: 3 }, 'Flow is not guided.'],
    [{ label: 'Guided', sampler: guided }, { guidance: 0.5 }, 'Guided cannot be guided by 0.5.'],
    [{ label: 'Guided', sampler: guided }, { guidance: 21 }, 'Guided cannot be guided by 21.'],
    [{ label: 'Linear' }, { steps: 4 }, 'Linear draws in one go: it has neither steps nor a seed.'],
    [{ label: 'Linear' }, { seed: 0 }, 'Linear draws in one go: it has neither steps nor a seed.'],
  ] as const)('refuses what is out of range: %j %j', (model, wanted, message) => {
    expect(() => resolveSampling(model, wanted)).toThrow(
      expect.objectContaining({ code: 'model-run', message, hint: expect.stringMatching(/\./) }),
    );
  });
});
