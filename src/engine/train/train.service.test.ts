import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { TrainProgress } from './train.api';
import { trainHandlers } from './train.service';

const text = readFileSync(join(import.meta.dirname, '../../../LICENSE'), 'utf8');
const settings = { kind: 'bpe', vocabularySize: 400, minFrequency: 2, special: [] as string[] } as const;

function context(signal = new AbortController().signal, told: TrainProgress[] = []) {
  return { signal, progress: (value: TrainProgress) => told.push(value), transfer: () => {} };
}

const blob = (bytes: string | Buffer) => new Blob([bytes as BlobPart]);

it('reads texts, files and gzipped files alike', async () => {
  const { train } = trainHandlers();
  const half = text.indexOf('\n', text.length / 2) + 1;
  const ways = [
    [{ name: 'pasted', text }],
    [{ name: 'a.txt', text: blob(text) }],
    [
      { name: 'a.txt.gz', text: blob(gzipSync(text.slice(0, half))), gzip: true },
      { name: 'b.txt', text: blob(text.slice(half)) },
    ],
  ];
  const told: TrainProgress[] = [];
  const files = await Promise.all(
    ways.map((sources) => train({ settings, sources }, context(undefined, told))),
  );
  for (const { file, bytes, vocabulary } of files) {
    expect(file).toEqual(files[0]!.file);
    expect([bytes, vocabulary]).toEqual([text.length, 400]);
  }
  expect(told.some(({ stage }) => stage === 'reading')).toBe(true);
});

it('can be held, and cancelled while it is held', async () => {
  const { train, pause } = trainHandlers();
  const aborting = new AbortController();
  let done = false;
  const sources = [{ name: 'pasted', text }];
  const first = train({ settings, sources }, context(aborting.signal)).finally(() => {
    done = true;
  });
  first.catch(() => {});
  await pause({ paused: true }, context());
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(done).toBe(false);
  await pause({ paused: false }, context());
  expect((await first).vocabulary).toBe(400);

  const second = train({ settings, sources }, context(aborting.signal));
  const failed = expect(second).rejects.toMatchObject({ code: 'aborted' });
  await pause({ paused: true }, context());
  aborting.abort();
  await failed;
});

it.each([
  [{ name: 'picture.png', text: blob(Buffer.from([0x89, 0x50, 0, 0])) }, 'not-text'],
  [{ name: 'broken.gz', text: blob('not gzip'), gzip: true }, 'file-unreadable'],
  [{ name: 'empty.txt', text: blob('') }, 'train-empty'],
])('refuses %o', async (source, code) => {
  const { train } = trainHandlers();
  await expect(train({ settings, sources: [source] }, context())).rejects.toMatchObject({ code });
});

it('names a pattern that is not understood', async () => {
  const { train } = trainHandlers();
  const broken = train(
    { settings: { ...settings, pattern: '(' }, sources: [{ name: 'a', text }] },
    context(),
  );
  await expect(broken).rejects.toMatchObject({ code: 'query-invalid' });
});
