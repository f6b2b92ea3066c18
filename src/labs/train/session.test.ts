import { expect, it } from 'vitest';
import { trainHandlers } from '../../engine/train/train.service';
import { tokenizerFromFiles } from '../../tokenizers/files/tokenizer-file';
import type { Corpus } from './corpus';
import { curvesOf } from './curves';
import type { Draft } from './draft';
import { openLink, writeLink } from './link';
import { TrainSession, type World } from './session';
import { takeFiles } from './take-files';

const TEXT = 'the cat sat on the mat and the cat sat on the hat of the man of the house.\n'.repeat(40);

/** A session over the real trainer, in this thread. */
function session() {
  const handlers = trainHandlers();
  let now = 0;
  const training: World['training'] = {
    train: (settings, sources, { signal, onProgress } = {}) =>
      handlers.train(
        { settings, sources },
        {
          signal: signal ?? new AbortController().signal,
          progress: (value) => onProgress?.(value),
          transfer: () => {},
        },
      ),
    pause: async (paused) => {
      await handlers.pause(
        { paused },
        { signal: new AbortController().signal, progress: () => {}, transfer: () => {} },
      );
    },
    dispose: () => {},
  };
  const lab = new TrainSession({ training, now: () => (now += 1000) });
  lab.choose({ tab: 'text', text: TEXT });
  lab.set({ size: 300 });
  return lab;
}

it('trains what is set, and the tokenizer opens', async () => {
  const lab = session();
  const training = lab.train();
  expect(lab.get().job).not.toBeNull();
  await training;
  const { job, results, shown } = lab.get();
  expect(job).toBeNull();
  expect(results.map(({ id, name }) => [id, name])).toEqual([[shown, 'BPE 300 of pasted text']]);
  const { trained, file } = results[0]!;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { tokenizer } = await tokenizerFromFiles([{ name: trained.name, bytes }]);
  expect(tokenizer.vocabularySize).toBe(trained.vocabulary);
  expect(tokenizer.encode(TEXT).ids.length).toBe(trained.tokens);
  expect(trained.bytes).toBe(TEXT.length);
});

it('gives the same file for the same settings, of every kind, and lists the newest first', async () => {
  const lab = session();
  for (const kind of ['superbpe', 'unigram', 'wordpiece', 'lib'] as const) {
    lab.set({ kind, lib: { ...lab.get().draft.lib, steps: 20 } });
    await lab.train();
    await lab.train();
    const [second, first] = lab.get().results;
    expect([first!.draft.kind, second!.draft.kind]).toEqual([kind, kind]);
    expect(await second!.file.text()).toBe(await first!.file.text());
  }
  expect(lab.get().results.length).toBe(8);
  const superbpe = lab.get().results.find(({ draft }) => draft.kind === 'superbpe')!;
  const words = superbpe.trained.highlights.superwords.map((word) => new TextDecoder().decode(word));
  expect(words.length).toBeGreaterThan(0);
  for (const word of words) expect(word.trim()).toMatch(/\S \S/);
});

it('shows only the latest of two runs, and a cancelled one leaves nothing', async () => {
  const lab = session();
  const first = lab.train();
  lab.set({ kind: 'wordpiece' });
  await Promise.all([first, lab.train()]);
  expect(lab.get().results.map(({ draft }) => draft.kind)).toEqual(['wordpiece']);
  const third = lab.train();
  lab.cancel();
  await third;
  expect(lab.get()).toMatchObject({ job: null, problem: null });
  expect(lab.get().results.length).toBe(1);
});

it('is held and goes on; the time that it was held does not count', async () => {
  const lab = session();
  const training = lab.train();
  await lab.pause(true);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(lab.get().job?.isPaused).toBe(true);
  await lab.pause(false);
  await training;
  // The clock moves by a second each time that it is read: held, begun, went on, ended.
  expect(lab.get().results[0]?.ms).toBe(1000);
});

const WRONG: readonly [{ readonly corpus?: Partial<Corpus>; readonly draft?: Partial<Draft> }, string][] = [
  [{ corpus: { text: '' } }, 'no text'],
  [{ draft: { pattern: '(' } }, 'pattern'],
  [{ draft: { special: ['x'.repeat(65)] } }, 'special'],
];

it.each(WRONG)('says what is wrong with %j', async ({ corpus = {}, draft = {} }, words) => {
  const lab = session();
  lab.choose(corpus);
  lab.set(draft);
  await lab.train();
  expect(lab.get()).toMatchObject({
    job: null,
    results: [],
    problem: { message: expect.stringContaining(words) },
  });
});

it('takes texts among files, names the others, and refuses too much', async () => {
  const { signal } = new AbortController();
  const text = new File(['a text\n'], 'a.txt');
  const picture = new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)], 'b.png');
  const zip = new File(['PK\x03\x04'], 'c.zip');
  const empty = new File([], 'd.txt');
  const gzip = new File([Uint8Array.of(0x1f, 0x8b, 8, 0)], 'e.txt.gz');
  const taken = await takeFiles([text, picture, zip, empty, gzip], [], signal);
  expect(taken.files.map(({ name, gzip: isPacked }) => [name, isPacked])).toEqual([
    ['a.txt', false],
    ['e.txt.gz', true],
  ]);
  expect(taken.skipped.map(({ name }) => name)).toEqual(['b.png', 'c.zip', 'd.txt']);
  expect(taken.refusal).toBeNull();
  const alone = await takeFiles([picture], [], signal);
  expect(alone.refusal?.message).toMatch(/b\.png is .*not a text/);
  const large = new File(['a text\n'], 'large.txt');
  Object.defineProperty(large, 'size', { value: 200_000_001 });
  expect((await takeFiles([large], [], signal)).refusal?.message).toContain('200 MB');
});

it('makes a file of a text that is too long for the field', async () => {
  const lab = session();
  lab.takeText('a short text');
  expect(lab.get().corpus).toMatchObject({ tab: 'text', text: 'a short text' });
  lab.takeText('long '.repeat(20_000));
  await expect.poll(() => lab.get().corpus.tab).toBe('files');
  expect(lab.get().corpus.files.map(({ name, content }) => [name, content.size])).toEqual([
    ['Pasted text', 100_000],
  ]);
});

it('comes back from its link, and says what did not travel', async () => {
  const lab = session();
  lab.set({
    kind: 'superbpe',
    size: 1234,
    transition: 0.5,
    pattern: '\\S+|\\s+',
    special: ['<a>'],
    minFrequency: 3,
    lowercase: false,
    seed: 7,
    lib: { ...lab.get().draft.lib, steps: 9 },
  });
  lab.choose({ languages: ['deu_1996'], bundled: 'declaration' });
  const part = { version: 2, ...writeLink(lab) };
  const other = session();
  expect(openLink(other, part)).toEqual([]);
  expect(other.get().draft).toEqual(lab.get().draft);
  expect(other.get().corpus).toEqual(lab.get().corpus);
  // An untouched lab writes nothing.
  const fresh = new TrainSession({ training: { train: fail, pause: fail, dispose: () => {} }, now: () => 0 });
  expect(writeLink(fresh)).toEqual({ head: {}, blob: new Uint8Array(0) });
  expect(openLink(fresh, { version: 2, ...writeLink(lab, true) })[0]).toContain('pasted text');
  expect(
    openLink(fresh, { version: 2, head: { k: 'x', n: 1, g: ['?'] }, blob: new Uint8Array(0) }).length,
  ).toBe(3);
});

async function fail(): Promise<never> {
  throw new Error('Nothing is trained here.');
}

it('draws the curve of Unigram by size, though its vocabulary shrinks', async () => {
  const lab = session();
  lab.set({ kind: 'unigram' });
  await lab.train();
  const { results, shown, draft } = lab.get();
  const shrinking = [...results[0]!.trained.curve].reverse();
  expect(shrinking.length).toBeGreaterThan(1);
  const job = { draft, corpusKey: results[0]!.corpusKey, progress: null, points: shrinking, isPaused: false };
  const [running] = curvesOf({ job, results: [], shown: null }, 1);
  expect(running!.curve.sizes).toEqual(results[0]!.trained.curve.map(({ vocabulary }) => vocabulary));
  expect(running!.live).toBe(shrinking.at(-1)!.tokens);
  // The point of the result is the vocabulary that came out, not the largest of the curve.
  expect(curvesOf({ job: null, results, shown }, 1)[0]!.live).toBe(results[0]!.trained.tokens);
});
