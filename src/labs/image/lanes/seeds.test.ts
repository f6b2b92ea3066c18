import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeLink } from '../../../core/link/envelope';
import { linkFormat, readImagePart } from '../link-format';
import { moveSteps, reroll } from '../sampling';
import { tinyLab } from '../testing/tiny-lab';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

/** A lab with Flow 128 from noise 0, and beside it from noise 1 and 2. */
async function opened() {
  const tiny = tinyLab();
  tiny.session.activate();
  tiny.session.setModel(tiny.lead(), 'flow-128');
  await tiny.settled();
  for (const seed of [1, 2]) tiny.session.addLane('flow-128', { steps: null, seed });
  await tiny.settled();
  tiny.told.length = 0;
  const drawn = () => tiny.lanes().map((lane) => lane.shown.get()?.sampling);
  return { ...tiny, drawn };
}

describe('lanes of one model', () => {
  it('draw from their own noise and in their own steps', async () => {
    const { session, lanes, settled, drawn, told } = await opened();
    const [first] = drawn();
    expect(drawn().map((sampling) => sampling?.seed)).toEqual([0, 1, 2]);
    session.setSampling({ steps: 1 }, lanes()[1]);
    await settled();
    expect(drawn()).toEqual([
      { steps: first!.steps, seed: 0 },
      { steps: 1, seed: 1 },
      { steps: first!.steps, seed: 2 },
    ]);
    expect(told).toEqual(['step']);
  });

  it('are encoded once', async () => {
    const { engine } = await opened();
    expect(engine.calls.filter((call) => call === 'encode flow-128').length).toBeLessThanOrEqual(1);
  });

  it('come back from a link, each as it was', async () => {
    const { session, lanes, settled } = await opened();
    session.setSampling({ steps: 'distilled' }, lanes()[2]);
    await settled();
    const experiment = session.experiment();
    expect(experiment).not.toHaveProperty('seed');
    expect(experiment.lanes.map(({ seed, steps }) => [seed, steps])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, 'distilled'],
    ]);
    const { head, blob } = linkFormat.write(experiment);
    expect(head).toMatchObject({ e: [null, null, 'd'], r: [0, 1, 2] });
    const problems: string[] = [];
    expect(linkFormat.read({ version: 2, head: JSON.parse(JSON.stringify(head)), blob }, problems)).toEqual(
      experiment,
    );
    const theirs = tinyLab();
    theirs.session.show(experiment);
    theirs.session.activate();
    await theirs.settled();
    expect(theirs.lanes().map((lane) => lane.shown.get()?.sampling?.seed)).toEqual([0, 1, 2]);
    expect(theirs.session.experiment()).toEqual(experiment);
  });

  it('say it once in a link where all draw alike', async () => {
    const { session, lanes } = await opened();
    for (const lane of lanes()) session.setSampling({ seed: 7 }, lane);
    expect(session.experiment()).toMatchObject({ seed: 7 });
    expect(session.experiment().lanes.every((lane) => lane.seed === undefined)).toBe(true);
  });

  it('move together by the keyboard, and stay apart', async () => {
    const { lab, drawn, settled } = await opened();
    moveSteps(lab, -1);
    reroll(lab);
    await settled();
    const [first, ...others] = drawn();
    expect(others.every((sampling) => sampling?.steps === first!.steps)).toBe(true);
    expect(first!.seed).not.toBe(0);
    expect(others[0]!.seed).not.toBe(1);
  });
});

it('a link refuses seeds and steps by lane that are none, and the rest opens', () => {
  const of = (fields: object) => {
    const problems: string[] = [];
    const head = { m: ['flow-128', 'flow-128'], s: 'cat', ...fields };
    const { lanes, seed } = readImagePart({ version: 2, head, blob: new Uint8Array(0) }, problems);
    return { seeds: lanes.map((lane) => lane.seed), seed, problems };
  };
  expect(of({ r: [3, 4] })).toEqual({ seeds: [3, 4], seed: undefined, problems: [] });
  expect(of({ r: [3] }).problems).toHaveLength(1);
  expect(of({ r: [3, -1] })).toMatchObject({ seeds: [undefined, undefined] });
  expect(of({ r: Array(17).fill(1) }).problems).toHaveLength(1);
  expect(of({ r: [3, 4], e: [1, 1e9] })).toMatchObject({ seeds: [3, 4], problems: [expect.any(String)] });
  // As many lanes as there may be still fit an address.
  expect(
    encodeLink('image', { head: { r: Array(16).fill(2 ** 32 - 1) }, blob: new Uint8Array(0) }),
  ).toBeDefined();
});
