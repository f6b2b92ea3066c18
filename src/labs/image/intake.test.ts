import { expect, it } from 'vitest';
import type { Transfer } from '../../views/intake/collect';
import { Intake } from './intake';

const PNG = Uint8Array.of(
  0x89,
  0x50,
  0x4e,
  0x47,
  0x0d,
  0x0a,
  0x1a,
  0x0a,
  0,
  0,
  0,
  13,
  0x49,
  0x48,
  0x44,
  0x52,
);
const png = (name: string) => new File([PNG], name, { type: 'image/png' });

function transfer(files: File[], text: Record<string, string> = {}): Transfer {
  const list = Object.assign([...files], { item: (i: number) => files[i] ?? null });
  return {
    items: [] as unknown as DataTransferItemList,
    files: list as unknown as FileList,
    getData: (type) => text[type] ?? '',
  };
}

function intake() {
  const done: unknown[][] = [];
  const parts = new Intake({
    session: {
      openFile: (_file, name, notes) => done.push(['picture', name, notes?.map(({ text }) => text)]),
      refuse: (message) => done.push(['refused', message]),
    },
    isReadable: async ({ name }) => !name.startsWith('bad'),
    offer: (files) => files.length > 0 && done.push(['offered', files.map(({ name }) => name)]),
    host: { openLink: (hash) => done.push(['link', hash]) },
    addCheckpoint: (files) => done.push(['checkpoint', files.map(({ name }) => name)]),
  });
  return { intake: parts, done };
}

it('opens the first picture of several files, and names and offers the others', async () => {
  const { intake: lab, done } = intake();
  await lab.take(transfer([new File(['words'], 'a.txt'), png('b.png'), png('c.png')]));
  expect(done).toEqual([
    ['picture', 'b.png', [expect.stringMatching(/"a\.txt".*"c\.png"/)]],
    ['offered', ['a.txt', 'b.png', 'c.png']],
  ]);
});

it('opens the first picture that can be read', async () => {
  const { intake: lab, done } = intake();
  await lab.take(transfer([png('bad.png'), png('b.png')]));
  expect(done[0]).toEqual(['picture', 'b.png', [expect.stringContaining('"bad.png" (cannot be read)')]]);
});

it('gives weights to the dialog for checkpoints, with all that came along', async () => {
  const { intake: lab, done } = intake();
  await lab.take(transfer([new File(['{}'], 'config.json'), new File(['x'], 'model.safetensors')]));
  expect(done).toEqual([['checkpoint', ['config.json', 'model.safetensors']]]);
});

it('opens a link of the project itself, dropped or pasted', async () => {
  const { intake: lab, done } = intake();
  const address = 'https://somewhere.example/tokenoscope/#2.abcdefghijkl';
  await lab.take(transfer([], { 'text/uri-list': address, 'text/plain': address }));
  await lab.take(transfer([], { 'text/plain': address }), true);
  expect(done).toEqual(Array(2).fill(['link', '#2.abcdefghijkl']));
});

it('says what text is that was dropped, and leaves pasted text alone', async () => {
  const { intake: lab, done } = intake();
  await lab.take(transfer([], { 'text/plain': 'only words' }), true);
  expect(done).toEqual([]);
  await lab.take(transfer([], { 'text/plain': 'only words' }));
  expect(done).toEqual([['refused', 'That was text, not a picture.']]);
});

it('does only what came last', async () => {
  const { intake: lab, done } = intake();
  const first = lab.take(transfer([png('first.png')]));
  await lab.take(transfer([png('second.png')]));
  await first;
  expect(done).toEqual([['picture', 'second.png', []]]);
});
