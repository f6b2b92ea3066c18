import { describe, expect, it } from 'vitest';
import type { StoredCheckpoint } from '../../engine/weights/plan';
import type { ImageLab } from './image-lab';
import { describeSampling, moveSteps, reroll, samplersOf } from './sampling';
import { tinyLab } from './testing/tiny-lab';

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
function add(lab: ImageLab, ...ids: string[]): void {
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
  lab.models.store.setState({ checkpoints });
}

const FLOW = `file:${'a'.repeat(64)}`;

/** A lab that is not on screen, so that nothing is loaded. */
function labWith(...models: string[]) {
  const { lab, session, lead } = tinyLab();
  add(lab, FLOW);
  const [first = 'karhunen-128', ...beside] = models;
  session.setModel(lead(), first);
  for (const model of beside) session.addLane(model);
  const drawn = (model: string) => {
    return lab.models.samplingOf(model, lab.store.getState());
  };
  return { lab, session, drawn, linked: () => session.experiment() };
}

it('says in words how a picture is drawn', () => {
  expect(describeSampling({ steps: 4, seed: 12, guidance: 7.5 })).toBe(
    'in 4 steps from noise 12, guided by 7.5',
  );
  expect(describeSampling({ steps: 4, seed: 12 })).toBe('in 4 steps from noise 12');
  expect(describeSampling({ steps: 1, seed: 0 })).toBe('in one step from noise 0');
  expect(describeSampling({ steps: 'distilled', seed: 0 })).toBe('in one distilled step from noise 0');
});

describe('the control', () => {
  it('is there for models that sample only', () => {
    expect(samplersOf([undefined], 4)).toBeUndefined();
    expect(labWith().drawn('karhunen-128')).toBeUndefined();
  });

  it('offers what the models on screen offer, and begins with the default', () => {
    const { lab, drawn } = labWith(FLOW);
    expect(drawn(FLOW)).toEqual({ steps: 2, seed: 0 });
    moveSteps(lab, 1);
    expect(drawn(FLOW)).toEqual({ steps: 8, seed: 0 });
    moveSteps(lab, 1);
    expect(drawn(FLOW)?.steps).toBe(8);
    for (let i = 0; i < 5; i++) moveSteps(lab, -1);
    expect(drawn(FLOW)?.steps).toBe('distilled');
  });

  it('guides models that are guided, and says so in links where it is not their default', () => {
    const { lab, session, drawn, linked } = labWith(FLOW);
    session.setGuidance(3);
    expect(drawn(FLOW)).toEqual({ steps: 2, seed: 0 });
    expect(linked().guidance).toBeUndefined();
    const [checkpoint] = lab.models.store.getState().checkpoints;
    const guidance = { default: 7.5, offered: [1, 7.5] };
    lab.models.store.setState({
      checkpoints: [{ ...checkpoint!, sampler: { ...checkpoint!.sampler!, guidance } }],
    });
    expect(drawn(FLOW)?.guidance).toBe(3);
    expect(linked().guidance).toBe(3);
    session.setGuidance(7.5);
    expect(linked().guidance).toBeUndefined();
    session.setGuidance(null);
    expect(drawn(FLOW)?.guidance).toBe(7.5);
  });

  it('never offers the same noise as another one', () => {
    const { lab, session } = labWith();
    session.setSampling({ seed: 1 });
    for (let i = 0; i < 200; i++) {
      const { seed } = lab.store.getState();
      reroll(lab);
      const next = lab.store.getState().seed;
      expect(next).not.toBe(seed);
      expect(next).toBeGreaterThanOrEqual(0);
      expect(next).toBeLessThan(10_000);
    }
  });
});

describe('a link', () => {
  it('says how to draw only where something samples and is not at its default', () => {
    const plain = labWith();
    plain.session.setSampling({ steps: 8, seed: 5 });
    expect(plain.linked()).not.toHaveProperty('steps');
    expect(plain.linked()).not.toHaveProperty('seed');
    const { session, linked } = labWith(FLOW);
    session.setSampling({ steps: 8, seed: 5 });
    expect(linked()).toMatchObject({ steps: 8, seed: 5 });
    session.setSampling({ steps: 2, seed: 0 });
    expect(linked()).not.toHaveProperty('steps');
    expect(linked()).not.toHaveProperty('seed');
  });

  it('says it of any lane', () => {
    const { session, linked } = labWith('karhunen-128', 'glyphs', FLOW);
    session.setSampling({ steps: 'distilled', seed: 3 });
    expect(linked()).toMatchObject({ steps: 'distilled', seed: 3 });
  });

  it('brings it back, and puts it back to the default where it says nothing', () => {
    const { session, drawn, linked } = labWith(FLOW);
    const plain = linked();
    session.show({ ...plain, steps: 8, seed: 77 });
    expect(drawn(FLOW)).toEqual({ steps: 8, seed: 77 });
    session.show(plain);
    expect(drawn(FLOW)).toEqual({ steps: 2, seed: 0 });
  });

  it('of a checkpoint that is not here keeps what it says', () => {
    const { lab, session, linked } = labWith(FLOW);
    lab.models.store.setState({ checkpoints: [] });
    session.setSampling({ steps: 16, seed: 9 });
    expect(linked()).toMatchObject({ steps: 16, seed: 9 });
  });
});
