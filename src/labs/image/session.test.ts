import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import { linkFormat } from './link-format';
import { offline, opened, withPhotograph } from './testing/opened';
import { tinyLab } from './testing/tiny-lab';

/** What the engine says where the browser knows that it is offline: it knows no labels. */
const unnamed = new TokenoscopeError(
  'model-fetch',
  'This device is offline, and glyphs was never loaded here.',
  '',
);

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

describe('a photograph that is dropped', () => {
  it('is seen as soon as its first tokens are there, and drawn only once', async () => {
    const { session, engine, lead, settled } = await opened();
    const finish = engine.hold('finish karhunen-128');
    engine.calls.length = 0;
    session.openFile(new File(['early'], 'early.png'), 'early.png');
    await settled();
    expect(lead().begun.get()).toMatchObject({ label: 'early.png', ids: { length: 256 }, frame: { k: 64 } });
    expect(lead().opened.get()!.label).not.toBe('early.png');
    finish();
    await settled();
    expect(lead().begun.get()).toBeNull();
    expect(lead().opened.get()!.label).toBe('early.png');
    expect(lead().shown.get()).toMatchObject({ k: 64, metrics: { psnr: 64 } });
    expect(engine.calls).not.toContain('decode karhunen-128');
  });

  it('is gone where it is cancelled before the others are', async () => {
    const { session, engine, lead, settled } = await opened();
    const before = lead().opened.get()!;
    const finish = engine.hold('finish karhunen-128');
    session.openFile(new File(['never'], 'never.png'), 'never.png');
    await settled();
    expect(lead().begun.get()).not.toBeNull();
    session.cancel();
    finish();
    await settled();
    expect(lead().begun.get()).toBeNull();
    expect(lead().opened.get()).toBe(before);
  });
});

describe('another square of the picture', () => {
  const square = { x: 40, y: 0, size: 300 };
  const dunes = { kind: 'sample', id: 'dunes' } as const;

  it('is one step, by every lane, and the centre again where it is undone', async () => {
    const { session, lanes, told, settled } = await opened();
    session.openSample('dunes');
    session.addLane('glyphs');
    await settled();
    const centre = lanes().map((lane) => lane.opened.get()!.ids);
    const before = session.experiment();
    told.length = 0;
    session.crop(square);
    await settled();
    expect(told.filter((change) => change === 'step')).toEqual(['step']);
    expect(session.experiment().source).toEqual({ ...dunes, crop: square });
    const cropped = lanes().map((lane) => lane.opened.get()!);
    for (const [i, picture] of cropped.entries()) {
      expect(picture.source).toEqual({ ...dunes, crop: square });
      expect(picture.ids).not.toEqual(centre[i]);
    }
    session.show(before);
    await settled();
    expect(session.experiment()).toEqual(before);
    expect(lanes().map((lane) => lane.opened.get()!.ids)).toEqual(centre);
    session.crop(undefined);
    expect(session.isLoading).toBe(false);
  });

  it('travels in the link of a sample', async () => {
    const { session, settled } = await opened();
    session.openSample('dunes');
    session.crop(square);
    await settled();
    const opening = await opened();
    opening.session.show(linkFormat.read({ ...linkFormat.write(session.experiment()), version: 2 }, []));
    await opening.settled();
    expect(opening.session.experiment()).toEqual(session.experiment());
    expect(opening.lead().opened.get()!.ids).toEqual(session.lead.opened.get()!.ids);
  });

  it('of a photograph is undone with its original', async () => {
    const { session, settled, lead } = await withPhotograph();
    const before = session.experiment();
    session.crop({ x: 1, y: 0, size: 5 });
    await settled();
    expect(lead().opened.get()!.source).toMatchObject({ kind: 'file', crop: { x: 1, y: 0, size: 5 } });
    session.show(before);
    await settled();
    expect(session.experiment()).toEqual(before);
    expect(lead().opened.get()!.original).not.toBeNull();
    expect(lead().opened.get()!.source).not.toHaveProperty('crop');
  });

  it('gives way to a later one, and what is on screen stays until then', async () => {
    const { session, engine, told, lead, settled } = await withPhotograph();
    const before = lead().opened.get();
    const release = engine.hold('encode karhunen-128');
    session.crop({ x: 0, y: 0, size: 4 });
    await settled();
    expect(lead().opened.get()).toBe(before);
    session.crop({ x: 0, y: 0, size: 3 });
    release();
    await settled();
    expect(lead().opened.get()!.source).toMatchObject({ crop: { size: 3 } });
    expect(told).toEqual(['step']);
  });
});

describe('opening a picture', () => {
  it('fetches nothing before the lab is on screen', async () => {
    const { session, engine, settled, told } = tinyLab();
    await settled();
    expect(engine.calls).toEqual([]);
    expect(session.experiment().source).toMatchObject({ kind: 'sample' });
    session.activate();
    await settled();
    expect(engine.calls[0]).toBe('open karhunen-128');
    expect(told).not.toContain('step');
  });

  it('is one step of the history, told when it is on screen', async () => {
    const { session, engine, told, settled } = await opened();
    const before = session.experiment();
    const release = engine.hold('encode karhunen-128');
    session.openSample('cat');
    await settled();
    expect(told).toEqual([]);
    expect(session.experiment()).toEqual(before);
    release();
    await settled();
    expect(told).toEqual(['step']);
    expect(session.experiment().source).toEqual({ kind: 'sample', id: 'cat' });
  });

  it('marks what is still of the picture before', async () => {
    const { session, engine, lead, lanes, settled } = await opened();
    session.addLane('glyphs');
    await settled();
    const release = engine.hold('decode karhunen-128');
    session.openSample('balloon');
    await settled();
    expect(lead().stale.get()).toBe(true);
    expect(lanes()[1]!.stale.get()).toBe(false);
    release();
    await settled();
    expect(lead().stale.get()).toBe(false);
  });

  it('gives way to a later one', async () => {
    const { session, engine, told, settled } = await opened();
    const release = engine.hold('encode karhunen-128');
    session.openSample('cat');
    await settled();
    session.openSample('coral');
    release();
    await settled();
    expect(session.experiment().source).toEqual({ kind: 'sample', id: 'coral' });
    expect(told).toEqual(['step']);
  });

  it('that fails leaves the picture on screen, and no step', async () => {
    const { session, engine, told, settled, state, lead } = await withPhotograph();
    const before = session.experiment();
    engine.fail('encode karhunen-128', new TokenoscopeError('not-an-image', 'No picture.', ''));
    session.openFile(new File(['x'], 'x.png'), 'x.png');
    await settled();
    expect(state()).toMatchObject({ wanted: null, problem: { code: 'not-an-image' } });
    expect(told).toEqual(['correction']);
    expect(session.experiment()).toEqual(before);
    expect(lead().store.getState().phase).toBe('ready');
  });

  it('gives up what all lanes compute, and goes on where it is cancelled', async () => {
    const { session, engine, lanes, settled } = await opened();
    session.addLane('fixed-32');
    await settled();
    engine.hold('decode karhunen-128');
    engine.hold('decode fixed-32');
    session.openSample('sunflower');
    await settled();
    expect(lanes().map((lane) => lane.awaited.get())).toEqual([64, 32]);
    engine.hold('open glyphs');
    session.setModel(lanes()[0]!, 'glyphs');
    await settled();
    expect(lanes().map((lane) => lane.awaited.get())).toEqual([null, null]);
    session.cancel();
    await settled();
    expect(lanes().map(({ model }) => model)).toEqual(['karhunen-128', 'fixed-32']);
    expect(lanes().map((lane) => lane.shown.get()?.k)).toEqual([64, 32]);
  });
});

describe('choosing a model', () => {
  it('never describes a picture with ids of another model', async () => {
    const { session, engine, lead, settled, told } = await withPhotograph();
    const before = session.experiment();
    const release = engine.hold('open glyphs');
    session.setModel(lead(), 'glyphs');
    await settled();
    expect(session.experiment()).toEqual(before);
    expect(() => linkFormat.write(session.experiment())).not.toThrow();
    release();
    await settled();
    expect(session.experiment()).toMatchObject({ lanes: [{ model: 'glyphs', row: 0 }] });
    expect(session.experiment().source).toMatchObject({ rows: [{ bits: 8 }] });
    expect(told).toEqual(['step']);
  });

  it('that fails can be tried again, and is taken back where it is not', async () => {
    const { session, engine, lead, settled, state, told } = await withPhotograph();
    engine.fail('open glyphs', offline);
    session.setModel(lead(), 'glyphs');
    await settled();
    expect(lead().model, 'what stands above the picture drew it').toBe('karhunen-128');
    expect(session.experiment().lanes[0]!.model).toBe('karhunen-128');
    expect(told).toEqual(['correction']);
    session.dismissProblem();
    expect(lead().model).toBe('karhunen-128');
    session.setModel(lead(), 'glyphs');
    await settled();
    engine.fail('open glyphs', undefined);
    session.retry();
    await settled();
    expect(lead().opened.get()?.model).toBe('glyphs');
    expect(state().problem).toBeNull();
  });

  it('says offline what was never loaded here', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { session, engine, lead, settled, state } = await opened();
    for (const failure of [offline, unnamed]) {
      engine.fail('open glyphs', failure);
      session.setModel(lead(), 'glyphs');
      await settled();
      expect(state().problem?.message).toBe('Glyphs was never loaded on this device, which is offline.');
    }
    // Another picture is one by the model that is here.
    session.openSample('cat');
    await settled();
    expect(state().problem).toBeNull();
    expect(lead().opened.get()).toMatchObject({ model: 'karhunen-128', label: 'cat' });
  });

  it('encodes nothing again if both make the same tokens, or it was here before', async () => {
    const { session, engine, lead, settled } = await withPhotograph();
    const encodings = () => engine.calls.filter((call) => call.startsWith('encode'));
    const before = encodings().length;
    session.setModel(lead(), 'ladder-128');
    await settled();
    expect(lead().opened.get()).toMatchObject({ model: 'ladder-128', label: 'mine.png' });
    session.setModel(lead(), 'karhunen-128');
    await settled();
    expect(encodings()).toHaveLength(before);
  });
});

describe('lanes', () => {
  it('stand beside each other, as many as are added', async () => {
    const { session, lanes, settled, told, shownModel } = await opened();
    for (const model of ['ladder-128', 'glyphs', 'fixed-32']) session.addLane(model);
    expect(told).toEqual(['step', 'step', 'step']);
    await settled();
    expect(lanes().map(shownModel)).toEqual(['karhunen-128', 'ladder-128', 'glyphs', 'fixed-32']);
    session.openSample('cat');
    await settled();
    expect(lanes().map((lane) => lane.opened.get()?.label)).toEqual(Array(4).fill('cat'));
    session.setK(5);
    await settled();
    expect(lanes().map((lane) => lane.shown.get()?.k)).toEqual([5, 5, 10, 5]); // at equal bytes: an id of Glyphs takes half as many bits
    session.setK(200);
    await settled();
    expect(lanes().map((lane) => lane.shown.get()?.k)).toEqual([200, 200, 144, 32]);
  });

  it('are at most sixteen', async () => {
    const { session, lanes } = await opened();
    for (let i = 0; i < 20; i++) session.addLane('glyphs');
    expect(lanes()).toHaveLength(16);
  });

  it('are undone by Back, and taken away by the visitor, lead or not', async () => {
    const { session, lanes, models, settled, told } = await opened();
    const alone = session.experiment();
    session.addLane('glyphs');
    await settled();
    const both = session.experiment();
    session.show(alone);
    expect(models()).toEqual(['karhunen-128']);
    session.show(both);
    await settled();
    expect(models()).toEqual(['karhunen-128', 'glyphs']);
    expect(lanes()[1]!.shown.get()).not.toBeNull();
    told.length = 0;
    session.removeLane(lanes()[0]!);
    expect(models()).toEqual(['glyphs']);
    expect(told).toContain('step');
    session.removeLane(lanes()[0]!);
    expect(models()).toEqual(['glyphs']);
  });

  it('fail one by one', async () => {
    const { session, engine, lanes, settled, state } = await opened();
    engine.fail('open glyphs', offline);
    session.addLane('glyphs');
    await settled();
    expect(state().problem).toBeNull();
    expect(lanes()[1]!.store.getState()).toMatchObject({ phase: 'idle', problem: { code: 'model-fetch' } });
    expect(lanes()[0]!.shown.get()).not.toBeNull();
    engine.fail('open glyphs', undefined);
    session.retry(lanes()[1]);
    await settled();
    expect(lanes()[1]!.store.getState()).toMatchObject({ phase: 'ready', problem: null });
  });
});
