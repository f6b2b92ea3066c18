import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linkFormat } from './link-format';
import { offline, opened, withPhotograph } from './testing/opened';
import { tinyLab } from './testing/tiny-lab';
import './lanes/second-hand'; // loaded on demand, which takes longer than a test waits

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

describe('a link with an own photograph', () => {
  async function shared(...beside: string[]) {
    const tiny = await withPhotograph();
    for (const model of beside) tiny.session.addLane(model);
    await tiny.settled();
    const part = { version: 2, ...linkFormat.write(tiny.session.experiment()) };
    const problems: string[] = [];
    const experiment = linkFormat.read(part, problems);
    expect(problems).toEqual([]);
    expect(experiment).toEqual(tiny.session.experiment());
    return { ...tiny, experiment };
  }

  /** Somebody else, who has nothing but the link. */
  async function visit(experiment: ReturnType<typeof linkFormat.read>) {
    const tiny = tinyLab();
    tiny.session.show(experiment);
    tiny.session.activate();
    await tiny.settled();
    return tiny;
  }

  it('brings every lane, each with its own tokens', async () => {
    const { experiment, lanes: sent } = await shared('ladder-128', 'glyphs', 'fixed-32');
    expect(experiment.lanes.map(({ row }) => row)).toEqual([0, 0, 1, 2]);
    const { lanes, session, told } = await visit(experiment);
    expect(lanes().map((lane) => lane.opened.get()?.ids)).toEqual(
      sent().map((lane) => lane.opened.get()?.ids),
    );
    expect(lanes().every((lane) => lane.opened.get()?.original === null)).toBe(true);
    expect(session.experiment()).toEqual(experiment);
    expect(told).not.toContain('step');
  });

  it('is drawn by any model that makes the same tokens', async () => {
    const { experiment } = await shared();
    const { session, lead, settled, state, told } = await visit(experiment);
    for (const model of ['ladder-128', 'flow-128', 'karhunen-128']) {
      session.setModel(lead(), model);
      await settled();
      expect(state().problem).toBeNull();
      expect(lead().opened.get()).toMatchObject({ model, original: null });
    }
    expect(told.filter((change) => change === 'step')).toHaveLength(3);
  });

  it('is encoded again from its reconstruction by any other model, which says so', async () => {
    const { experiment } = await shared();
    const { session, engine, lead, lanes, settled, state } = await visit(experiment);
    session.addLane('glyphs');
    await settled();
    expect(lanes()[1]!.opened.get()).toMatchObject({
      model: 'glyphs',
      original: null,
      notes: [{ text: 'Encodes the reconstruction, not the photograph.' }],
    });
    // From all tokens, whatever k is.
    expect(lead().cached(256)).toBeDefined();
    session.setModel(lead(), 'fixed-32');
    await settled();
    expect(state().problem).toBeNull();
    expect(lead().opened.get()?.notes).toMatchObject([{ code: 'second-hand' }]);
    // One that draws the tokens of the link has nothing to encode.
    const encodings = () => engine.calls.filter((call) => call.startsWith('encode')).length;
    const before = encodings();
    session.setModel(lead(), 'ladder-128');
    await settled();
    expect(encodings()).toBe(before);
    expect(lead().opened.get()).toMatchObject({ model: 'ladder-128', notes: [] });

    const passedOn = session.experiment();
    expect(passedOn.lanes.map(({ secondHand }) => secondHand)).toEqual([undefined, true]);
    const problems: string[] = [];
    const part = { version: 2, ...linkFormat.write(passedOn) };
    expect([linkFormat.read(part, problems), problems]).toEqual([passedOn, []]);
    const theirs = await visit(passedOn);
    expect(theirs.lanes()[1]!.opened.get()?.notes).toMatchObject([{ code: 'second-hand' }]);
  });

  it('says who can draw it where another model is asked before it is there', async () => {
    const { experiment } = await shared();
    const { session, engine, lead, settled, state } = tinyLab();
    engine.fail('open karhunen-128', offline);
    session.show(experiment);
    session.activate();
    await settled();
    session.setModel(lead(), 'glyphs');
    expect(lead().model).toBe('karhunen-128');
    expect(state().problem).toMatchObject({
      message: 'Glyphs cannot show this picture: the link holds only the tokens of Karhunen 128.',
      hint: 'Flow 128 and Ladder 128 can draw them as well. For any other model, open the picture itself, or a sample.',
    });
  });

  it('finds its original again in the visit that made it', async () => {
    const { session, experiment, lead, settled } = await shared('glyphs');
    session.openSample('cat');
    await settled();
    session.show(experiment);
    await settled();
    expect(lead().opened.get()).toMatchObject({ label: 'mine.png', source: { kind: 'file' } });
    session.setModel(lead(), 'fixed-32');
    await settled();
    expect(lead().opened.get()).toMatchObject({ model: 'fixed-32', label: 'mine.png' });
  });

  it('is passed on with the version of the model that made it', async () => {
    const { experiment } = await shared();
    const [lane] = experiment.lanes;
    const older = { ...experiment, lanes: [{ ...lane!, modelHash: 'cafe0123' }] };
    const { session, lead } = await visit(older);
    expect(session.experiment()).toEqual(older);
    expect(lead().opened.get()?.notes).toMatchObject([{ code: 'foreign' }]);
  });
});

describe('showing an experiment', () => {
  it('does nothing where it is shown already, and moves only k where only k differs', async () => {
    const { session, engine, state, settled } = await withPhotograph();
    const experiment = session.experiment();
    const calls = engine.calls.length;
    session.show(experiment);
    session.show({ ...experiment, k: 9 });
    await settled();
    expect(state().k).toBe(9);
    expect(engine.calls.slice(calls).filter((call) => /^(open|encode)/.test(call))).toEqual([]);
  });

  it('clamps k to the model', async () => {
    const { session, state } = tinyLab();
    session.show({
      lanes: [{ model: 'karhunen-128', modelHash: '' }],
      k: 100_000,
      view: 'wipe',
      source: { kind: 'sample', id: 'cat' },
    });
    expect(state()).toMatchObject({ k: 256, view: 'wipe' });
  });

  it('keeps what it says while that loads, even if it cannot be loaded', async () => {
    const { session, engine, settled, told } = await opened();
    engine.fail('open glyphs', offline);
    const wanted = { ...session.experiment(), lanes: [{ model: 'glyphs', modelHash: 'abcdef01' }], k: 9 };
    session.show(wanted);
    expect(session.experiment().lanes[0]!.model).toBe('glyphs');
    await settled();
    expect(session.experiment().lanes[0]!.model).toBe('glyphs');
    expect(told).not.toContain('step');
  });

  it('leaves all tokens of the picture on screen in reach where its model cannot be loaded', async () => {
    const { session, engine, settled, lead, state } = await opened();
    engine.fail('open glyphs', offline);
    session.show({ ...session.experiment(), lanes: [{ model: 'glyphs', modelHash: 'abcdef01' }], k: 9 });
    await settled();
    session.setK(200);
    await settled();
    expect([lead().opened.get()?.model, lead().shown.get()?.k]).toEqual(['karhunen-128', 200]);
    engine.fail('open glyphs', undefined);
    session.retry();
    await settled();
    expect([lead().opened.get()?.model, lead().shown.get()?.k, state().k]).toEqual(['glyphs', 144, 144]);
  });

  it('drops what a visitor was opening', async () => {
    const { session, engine, settled } = await opened();
    const before = session.experiment();
    const release = engine.hold('encode karhunen-128');
    session.openSample('cat');
    await settled();
    session.show(before);
    release();
    await settled();
    expect(session.experiment()).toEqual(before);
  });
});
