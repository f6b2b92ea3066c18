import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeExperiment } from '../describe';
import type { ImageExperiment } from '../experiment';
import { linkFormat } from '../link-format';
import { tinyLab } from '../testing/tiny-lab';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

/** A lab with a photograph, and a codec beside its model. */
async function opened() {
  const tiny = tinyLab();
  tiny.session.activate();
  await tiny.settled();
  tiny.session.openFile(new File(['mine'], 'mine.png'), 'mine.png');
  await tiny.settled();
  tiny.session.addLane('codec:tiny');
  await tiny.settled();
  tiny.told.length = 0;
  const file = () => tiny.lanes().at(-1)!.shown.get()?.file?.bytes.length;
  return { ...tiny, file };
}

/** As a link travels, to somebody who has nothing else. */
async function sent(experiment: ImageExperiment) {
  const { head, blob } = linkFormat.write(experiment);
  const problems: string[] = [];
  const read = linkFormat.read({ version: 2, head: JSON.parse(JSON.stringify(head)), blob }, problems);
  const tiny = tinyLab();
  tiny.session.show(read);
  tiny.session.activate();
  await tiny.settled();
  return { ...tiny, problems, read };
}

describe('a codec beside a model', () => {
  it('shows a file of as many bytes', async () => {
    const { session, lanes, settled, file, lab } = await opened();
    expect(file()).toBe(128); // 64 tokens of 16 bits
    expect(lab.models.label('codec:tiny')).toBe('Tiny');
    session.setK(200);
    await settled();
    expect([lanes()[0]!.shown.get()?.k, file()]).toEqual([200, 400]);
    expect(lanes()[1]!.position.get()).toEqual({ k: 400, bytes: 400, note: undefined });
    expect(lanes()[1]!.awaited.get()).toBeNull();
  });

  it('shows its smallest where it cannot go lower, and says so', async () => {
    const { session, lanes, settled, file } = await opened();
    session.setK(1);
    await settled();
    expect(file()).toBe(100);
    expect(lanes()[1]!.position.get()).toEqual({
      k: 2,
      bytes: 100,
      note: 'Tiny cannot go below 100 B here.',
    });
  });

  it('encodes what the lead’s model sees, which changes with it', async () => {
    const { session, lanes, lead, settled } = await opened();
    session.setModel(lead(), 'karhunen-64');
    await settled();
    expect(lanes()[1]!.shown.get()).toMatchObject({ width: 64, height: 64 });
    expect(lanes()[1]!.opened.get()?.original).toBe(lead().opened.get()?.original);
    session.openSample('cat');
    await settled();
    expect(lanes()[1]!.opened.get()).toMatchObject({ label: 'cat', model: 'codec:tiny' });
  });

  it('never leads', async () => {
    const { session, models, settled } = await opened();
    session.removeLane(session.lead);
    expect(models()).toEqual(['karhunen-128', 'codec:tiny']);
    session.addLane('glyphs');
    await settled();
    session.removeLane(session.lead);
    expect(models()).toEqual(['glyphs', 'codec:tiny']);
  });

  it('stands at its smallest measured file of the same quality', async () => {
    const { session, lanes, settled } = await opened();
    await new Promise((resolve) => setTimeout(resolve, 250)); // points are shown ten times a second
    session.setLinked('quality');
    session.setK(20); // 20 dB by the tiny engine; 10 bytes to a decibel by the tiny codec
    await settled();
    // Made at 128 and 256 bytes, and then at sizes between.
    await vi.waitFor(
      () =>
        expect(lanes()[1]!.position.get()).toMatchObject({ k: 200, bytes: 200, note: '200 B for 20.0 dB' }),
      { timeout: 50_000 },
    );
    await settled();
    expect(lanes()[1]!.shown.get()?.k).toBe(200);
  });
});

describe('a link', () => {
  it('brings the file, and what its sender measured', async () => {
    const { session } = await opened();
    const experiment = session.experiment();
    expect(experiment).toMatchObject({
      linked: 'bytes',
      metricOfFigures: 'psnr',
      lanes: [{ figure: 64 }, { figure: 12.8 }],
    });
    const { read, problems, lanes, state, session: theirs } = await sent(experiment);
    expect([read, problems]).toEqual([experiment, []]);
    expect(lanes()[1]!.shown.get()?.file?.bytes).toEqual(experiment.lanes[1]!.file);
    expect(lanes()[1]!.position.get()?.note).toBe(
      'The file that came in this link, 128 B, at every position.',
    );
    expect(state().linked).toBe('bytes');
    // What came is passed on.
    expect(theirs.experiment()).toEqual(experiment);
    theirs.setK(9);
    expect(theirs.experiment().lanes.map(({ figure }) => figure)).toEqual([undefined, undefined]);
    expect(theirs.experiment().lanes[1]!.file).toEqual(experiment.lanes[1]!.file);
  });

  it('says of a file that is too large that it does not travel', async () => {
    const { session, settled, lab, lanes } = await opened();
    session.setLinked('tokens');
    session.setK(256);
    await settled();
    lanes()[1]!.place({ k: 3000, bytes: 3000 });
    await settled();
    const experiment = session.experiment();
    expect(experiment.lanes[1]).not.toHaveProperty('file');
    expect(describeExperiment(experiment, lab.models, false)).toContain(
      'Tiny beside it, but not its file: only those up to 2.05 kB fit.',
    );
    const { lanes: theirs } = await sent(experiment);
    expect(theirs()[0]!.shown.get()).not.toBeNull();
    expect(theirs()[1]!.store.getState().problem?.message).toBe('Tiny needs the original.');
  });

  it('with a file that is none says so in its lane', async () => {
    const { session } = await opened();
    const experiment = session.experiment();
    const [lead, codec] = experiment.lanes;
    const forged = { ...experiment, lanes: [lead!, { ...codec!, file: new Uint8Array(128).fill(9) }] };
    const { lanes, state } = await sent(forged);
    expect(lanes()[1]!.store.getState().problem?.message).toBe('That is not a Tiny picture.');
    expect(lanes()[0]!.shown.get()).not.toBeNull();
    expect(state().problem).toBeNull();
  });

  it('with a codec that is not here says so in its lane', async () => {
    const { session } = await opened();
    const experiment = session.experiment();
    const [lead, codec] = experiment.lanes;
    const { lanes } = await sent({ ...experiment, lanes: [lead!, { ...codec!, model: 'codec:gone' }] });
    expect(lanes()[1]!.store.getState().problem?.code).toBe('model-unknown');
  });

  it('to a sample takes no files along: whoever opens it makes them again', async () => {
    const { session, settled } = await opened();
    session.openSample('cat');
    await settled();
    const experiment = session.experiment();
    expect(experiment.lanes.map(({ file, figure }) => [file, figure])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    const { lanes } = await sent(experiment);
    expect(lanes()[1]!.shown.get()?.file?.bytes).toHaveLength(128);
  });
});
