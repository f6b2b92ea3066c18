import { get_encoding } from 'tiktoken';
import { afterEach, describe, expect, it } from 'vitest';
import { testLab, until } from './testing/lab';
import type { TextLab } from './text-lab';

const open: { lab: TextLab; stop: () => void }[] = [];
afterEach(() => {
  for (const { lab, stop } of open.splice(0)) {
    stop();
    lab.dispose();
  }
});

/** A lab whose jobs run. */
function running(ids: readonly string[]) {
  const lab = testLab();
  lab.columns.set(ids);
  open.push({ lab, stop: lab.jobs.start() });
  return lab;
}

/** Waits until a column has cut the present text. */
async function tokensOf(lab: TextLab, id: string): Promise<number[]> {
  const isDone = () => lab.columns.find(id)?.result?.document === lab.state.get().document;
  await until(lab.columns.store, isDone);
  return [...lab.columns.find(id)!.result!.segmentation.tokens.ids];
}

describe('TextJobs', () => {
  it('tokenizes the text for every column, and again when it changes', async () => {
    const lab = running(['gpt2', 'utf8-bytes']);
    const oracle = get_encoding('gpt2');
    expect(await tokensOf(lab, 'gpt2')).toEqual([...oracle.encode_ordinary(lab.state.get().document.text!)]);
    lab.state.type('one two');
    expect(await tokensOf(lab, 'gpt2')).toEqual([...oracle.encode_ordinary('one two')]);
    expect(await tokensOf(lab, 'utf8-bytes')).toHaveLength(7);
    oracle.free();
  });

  it('takes the reading off a token of an old text, or of a column that is gone', async () => {
    const lab = running(['gpt2', 'utf8-bytes']);
    await tokensOf(lab, 'gpt2');
    const place = { tokenizer: 'gpt2', index: 0, id: 32, start: 0, end: 1, change: 0 };
    const old = lab.state.get().document;
    lab.state.type('one two');
    lab.focus.pointAt({ ...place, document: old });
    lab.focus.togglePin({ ...place, document: old });
    expect(lab.focus.store.getState()).toMatchObject({ pointed: place, pinned: place });
    await tokensOf(lab, 'gpt2');
    expect(lab.focus.store.getState()).toMatchObject({ pointed: null, pinned: null });
    const { document } = lab.state.get();
    lab.focus.togglePin({ ...place, document });
    await tokensOf(lab, 'utf8-bytes');
    expect(lab.focus.store.getState().pinned).toMatchObject(place);
    lab.columns.remove('gpt2');
    expect(lab.focus.store.getState().pinned).toBeNull();
  });

  it('lets the latest text win', async () => {
    const lab = running(['utf8-bytes']);
    for (let i = 1; i <= 50; i++) lab.state.type('x'.repeat(i));
    expect(await tokensOf(lab, 'utf8-bytes')).toHaveLength(50);
    expect(lab.columns.find('utf8-bytes')).toMatchObject({ busy: false, error: null });
  });

  it('lays the same tokens out again for another width, and for ids', async () => {
    const lab = running(['utf8-bytes']);
    lab.state.insert('x'.repeat(300));
    await tokensOf(lab, 'utf8-bytes');
    const { tokens } = lab.columns.find('utf8-bytes')!.result!.segmentation;
    lab.jobs.setWidth('utf8-bytes', 200);
    lab.state.showIds(true);
    await until(lab.columns.store, () => {
      const { options } = lab.columns.find('utf8-bytes')!.result!.segmentation;
      return options.width === 200 && options.ids;
    });
    expect(lab.columns.find('utf8-bytes')!.result!.segmentation.tokens).toBe(tokens);
  });

  it('follows columns that come, and forgets those that go', async () => {
    const lab = running(['utf8-bytes']);
    await tokensOf(lab, 'utf8-bytes');
    lab.columns.add('words');
    await tokensOf(lab, 'words');
    lab.columns.remove('utf8-bytes');
    lab.columns.add('utf8-bytes');
    expect(lab.columns.find('utf8-bytes')?.result).toBeNull();
    await tokensOf(lab, 'utf8-bytes');
  });

  it('stops, and goes on where it is told to', async () => {
    const lab = running(['utf8-bytes']);
    lab.state.insert('word '.repeat(200_000));
    await until(lab.columns.store, () => lab.columns.find('utf8-bytes')?.progress?.phase === 'encode');
    lab.jobs.stop();
    expect(lab.columns.find('utf8-bytes')).toMatchObject({
      result: null,
      busy: false,
      error: { code: 'aborted' },
    });
    lab.jobs.retry('utf8-bytes');
    expect(await tokensOf(lab, 'utf8-bytes')).toHaveLength(1_000_000);
  });

  it('says what is wrong in the column that it is wrong with, and only there', async () => {
    const lab = running(['utf8-bytes']);
    const json = JSON.stringify({
      version: '1.0',
      added_tokens: [],
      model: { type: 'BPE', vocab: { a: 0 }, merges: [] },
    });
    await lab.intake.take([new File([json], 'a.json')]);
    const id = lab.columns.ids[1]!;
    await tokensOf(lab, 'utf8-bytes');
    lab.columns.set(['utf8-bytes', id, `file:${'0'.repeat(64)}`]);
    await tokensOf(lab, 'utf8-bytes');
    // A file that is not here is asked for, not failed on.
    await until(lab.columns.store, () =>
      lab.columns.ids.every((one) => lab.columns.find(one)?.busy === false),
    );
    expect(lab.columns.find(`file:${'0'.repeat(64)}`)).toMatchObject({ result: null, error: null });
  });

  it('cuts the next text where this one has a character without a token', async () => {
    const lab = running(['utf8-bytes']);
    const model = { type: 'WordLevel', vocab: { a: 0 }, unk_token: '[UNK]' };
    await lab.intake.take([
      new File([JSON.stringify({ version: '1.0', added_tokens: [], model })], 'a.json'),
    ]);
    const id = lab.columns.ids.at(-1)!;
    lab.state.type('b');
    await until(lab.columns.store, () => lab.columns.find(id)?.error?.code === 'no-token');
    lab.state.type('a');
    expect(await tokensOf(lab, id)).toEqual([0]);
  });

  it('two labs on a page know nothing of each other', async () => {
    const one = running(['utf8-bytes']);
    const two = running(['utf8-bytes', 'words']);
    one.state.type('a');
    two.state.type('bcd');
    expect(await tokensOf(one, 'utf8-bytes')).toEqual([0x61]);
    expect(await tokensOf(two, 'utf8-bytes')).toEqual([0x62, 0x63, 0x64]);
    expect(one.columns.ids).toEqual(['utf8-bytes']);
  });
});
