import { afterEach, describe, expect, it } from 'vitest';
import type { StoredCheckpoint } from '../../engine/weights/plan';
import { moveSteps, reroll, setSampling } from './draw';
import { applyImageExperiment, imageExperiment } from './link';
import { useCheckpoints } from './models';
import { describeSampling, samplersOf, samplingNow } from './sampling';
import { useImageLab } from './store';

const file = { path: 'x.onnx', bytes: 1, sha256: '0'.repeat(64) };
const sampler = {
  method: 'euler',
  noise: [1, 12],
  steps: [1, 2, 8],
  default: 2,
  start: file,
  velocity: file,
  distilled: file,
} as const;

/** Models that sample, as a visitor may add them. */
function add(...ids: string[]): void {
  const checkpoints = ids.map((id) => ({
    id,
    key: id,
    name: id,
    origin: { kind: 'files' },
    format: 'onnx',
    family: 'test',
    image: { width: 2, height: 2 },
    tokens: { count: 256, bits: 16, codebookSize: 65_536, ordered: true },
    sampler: { ...sampler, noise: [...sampler.noise], steps: [...sampler.steps] },
    parameters: null,
    multiplications: null,
    precision: 'full',
    bytes: 1,
    config: '',
    files: [],
    added: 0,
  })) satisfies StoredCheckpoint[];
  useCheckpoints.setState({ checkpoints });
}

const FLOW = `file:${'a'.repeat(64)}`;
const sample = { kind: 'sample', id: 'lake' } as const;

afterEach(() => {
  useImageLab.setState(useImageLab.getInitialState(), true);
  useCheckpoints.setState(useCheckpoints.getInitialState(), true);
});

it('says in words how a picture is drawn', () => {
  expect(describeSampling({ steps: 4, seed: 12 })).toBe('in 4 steps from noise 12');
  expect(describeSampling({ steps: 1, seed: 0 })).toBe('in one step from noise 0');
  expect(describeSampling({ steps: 'distilled', seed: 0 })).toBe('in one distilled step from noise 0');
});

describe('the control', () => {
  it('is there for models that sample only', () => {
    expect(samplersOf([undefined], 4)).toBeUndefined();
    const { model } = useImageLab.getState();
    expect(samplingNow(model)).toBeUndefined();
  });

  it('offers what the models on screen offer, and begins with the default', () => {
    add(FLOW);
    expect(samplingNow(FLOW)).toEqual({ steps: 2, seed: 0 });
    useImageLab.setState({ model: FLOW });
    moveSteps(1);
    expect(samplingNow(FLOW)).toEqual({ steps: 8, seed: 0 });
    moveSteps(1);
    expect(samplingNow(FLOW)?.steps).toBe(8);
    for (let i = 0; i < 5; i++) moveSteps(-1);
    expect(samplingNow(FLOW)?.steps).toBe('distilled');
  });

  it('never offers the same noise as another one', () => {
    setSampling(null, 1);
    for (let i = 0; i < 200; i++) {
      const { seed } = useImageLab.getState();
      reroll();
      const next = useImageLab.getState().seed;
      expect(next).not.toBe(seed);
      expect(next).toBeGreaterThanOrEqual(0);
      expect(next).toBeLessThan(10_000);
    }
  });
});

describe('a link', () => {
  const linked = () => imageExperiment(useImageLab.getState());

  it('says how to draw only where something samples, and otherwise than unasked', () => {
    add(FLOW);
    setSampling(8, 5);
    expect(linked()).not.toHaveProperty('steps');
    expect(linked()).not.toHaveProperty('seed');
    useImageLab.setState({ model: FLOW, wanted: sample });
    expect(linked()).toMatchObject({ steps: 8, seed: 5 });
    setSampling(2, 0);
    expect(linked()).not.toHaveProperty('steps');
    expect(linked()).not.toHaveProperty('seed');
  });

  it('says it of the model beside, too', () => {
    add(FLOW);
    useImageLab.setState({ second: FLOW, wanted: sample });
    setSampling('distilled', 3);
    expect(linked()).toMatchObject({ second: FLOW, steps: 'distilled', seed: 3 });
  });

  it('brings it back, and puts it back to the default where it says nothing', () => {
    add(FLOW);
    useImageLab.setState({ model: FLOW, wanted: sample });
    const plain = linked();
    applyImageExperiment({ ...plain, steps: 8, seed: 77 });
    expect(samplingNow(FLOW)).toEqual({ steps: 8, seed: 77 });
    applyImageExperiment(plain);
    expect(samplingNow(FLOW)).toEqual({ steps: 2, seed: 0 });
  });

  it('of a checkpoint that is not here keeps what it says', () => {
    useImageLab.setState({ model: FLOW, wanted: sample });
    setSampling(16, 9);
    expect(linked()).toMatchObject({ steps: 16, seed: 9 });
  });
});
