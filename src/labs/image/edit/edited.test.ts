import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linkFormat } from '../link-format';
import { tinyLab } from '../testing/tiny-lab';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

async function opened(file = false) {
  const tiny = tinyLab();
  tiny.session.activate();
  await tiny.settled();
  if (file) {
    tiny.session.openFile(new File(['mine'], 'mine.png'), 'mine.png');
    await tiny.settled();
  }
  const own = tiny.lead().opened.get()!.ids;
  const ids = own.map((id, i) => (i < 3 ? id + 1 : id));
  tiny.told.length = 0;
  return { ...tiny, own, ids, shown: () => tiny.lead().opened.get()! };
}

/** A fresh lab that opens what another one shows, as it travels. */
async function received(from: ReturnType<typeof tinyLab>) {
  const { head, blob } = linkFormat.write(from.session.experiment());
  const problems: string[] = [];
  const part = { version: 2, head: JSON.parse(JSON.stringify(head)), blob: Uint8Array.from(blob) } as const;
  const there = tinyLab();
  there.session.show(linkFormat.read(part, problems));
  there.session.activate();
  await there.settled();
  return { ...there, problems, shown: () => there.lead().opened.get()! };
}

describe('edited tokens', () => {
  it('are shown instead of the picture’s own, in every lane that draws the same, and against the same original', async () => {
    const { session, ids, own, told, shown, lanes, settled } = await opened();
    session.addLane('ladder-128');
    session.addLane('glyphs');
    await settled();
    const glyphs = lanes()[2]!.opened.get()!.ids;
    const { original } = shown();
    told.length = 0;
    session.setIds(ids);
    expect(told).toEqual(['edit']);
    expect(shown()).toMatchObject({ ids, own });
    expect(shown().original).toBe(original);
    expect(lanes()[1]!.opened.get()!.ids).toBe(ids);
    expect(lanes()[2]!.opened.get()!.ids).toBe(glyphs);
    session.setIds(null);
    expect(shown().ids).toBe(own);
    expect(shown().own).toBeUndefined();
    expect(lanes()[1]!.opened.get()!.own).toBeUndefined();
  });

  it('say nothing where nothing changes', async () => {
    const { session, own, told } = await opened();
    session.setIds(own.slice());
    session.setIds(null);
    expect(told).toEqual([]);
  });

  it('are drawn by a lane that is added, and by another model of the same tokens', async () => {
    const { session, ids, lanes, lead, settled, shown } = await opened();
    session.setIds(ids);
    session.addLane('ladder-128');
    await settled();
    expect(lanes()[1]!.opened.get()!.ids).toBe(ids);
    session.setModel(lead(), 'flow-128');
    await settled();
    expect(shown()).toMatchObject({ model: 'flow-128', ids });
  });

  it('end with the picture, and with a model that has other tokens', async () => {
    const { session, ids, lead, settled, shown, state } = await opened();
    session.setIds(ids);
    session.openSample('cat');
    await settled();
    expect(shown().own).toBeUndefined();
    expect(state().edited).toBeNull();
    session.setIds(shown().ids.map((id) => id ^ 1));
    session.setModel(lead(), 'karhunen-64');
    await settled();
    expect(shown().own).toBeUndefined();
    expect(session.experiment().edited).toBeUndefined();
  });

  it.each([
    ['a sample', false],
    ['a file', true],
  ])('travel in a link of %s, with the way back', async (_, file) => {
    const tiny = await opened(file);
    tiny.session.setIds(tiny.ids);
    const there = await received(tiny);
    expect(there.problems).toEqual([]);
    expect([...there.shown().ids]).toEqual([...tiny.ids]);
    expect([...there.shown().own!]).toEqual([...tiny.own]);
    const [sent, got] = [tiny.session.experiment(), there.session.experiment()];
    expect(got.source).toEqual(sent.source);
    expect(got.edited).toEqual(sent.edited);
    there.session.setIds(null);
    expect([...there.shown().ids]).toEqual([...tiny.own]);
    const again = await received(there);
    expect(again.shown().own).toBeUndefined();
    expect([...again.shown().ids]).toEqual([...tiny.own]);
  });

  it('are in the link before their picture is there', async () => {
    const tiny = await opened();
    tiny.session.setIds(tiny.ids);
    const there = tinyLab();
    there.session.show(tiny.session.experiment());
    expect(there.session.experiment().edited!.ids).toBe(tiny.ids);
  });

  it('come and go with Back and Forward on the same picture', async () => {
    const { session, ids, own, shown } = await opened();
    const before = session.experiment();
    session.setIds(ids);
    const after = session.experiment();
    session.show(before);
    expect(shown().ids).toBe(own);
    session.show(after);
    expect(shown().ids).toEqual(ids);
  });
});

describe('a link with a broken statement about edits', () => {
  it.each([
    ['a row that is not there', 5],
    ['the row that is shown', 0],
    ['a sample that is not named', -1],
    ['no number', 'x'],
  ])('opens as what it shows: %s', async (_, x) => {
    const tiny = await opened(true);
    tiny.session.setIds(tiny.ids);
    const { head, blob } = linkFormat.write(tiny.session.experiment());
    const read = linkFormat.read({ version: 2, head: { ...head, x }, blob }, []);
    expect(read.edited).toBeUndefined();
    expect(read.source).toMatchObject({ kind: 'tokens' });
    const { source, lanes } = read;
    expect([...(source?.kind === 'tokens' ? source.rows[lanes[0]!.row!]!.ids : [])]).toEqual([...tiny.ids]);
  });
});
