import { describe, expect, it } from 'vitest';
import { type Collected, collect } from './collect';
import { filesOf } from './folders';
import { type Intake, type SortOptions, sortIntake } from './sort';
import { folder } from './testing/folder';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13);
const png = (name: string) => new File([PNG], name, { type: 'image/png' });
const words = (name: string) => new File(['some words'], name, { type: 'text/plain' });

const nothing: Collected = {
  files: [],
  folders: [],
  text: { uris: '', html: '', plain: '' },
  pasted: false,
};

const dropped = (files: readonly File[], options?: SortOptions) => sortIntake({ ...nothing, files }, options);

const inFolder = (...content: (File | FileSystemDirectoryEntry)[]) =>
  sortIntake({ ...nothing, folders: [folder('holiday', content)] });

function opened(intake: Intake) {
  if (intake.kind !== 'picture') throw new Error(JSON.stringify(intake));
  return { name: intake.name, note: intake.notes.map(({ text }) => text).join() };
}

describe('files', () => {
  it('one picture opens without a word', async () => {
    const file = png('a.png');
    expect(await dropped([file])).toEqual({
      kind: 'picture',
      picture: file,
      name: 'a.png',
      notes: [],
      all: [file],
      unread: 0,
    });
  });

  it('of several the first picture opens, and the others are named', async () => {
    expect(opened(await dropped([png('b.png'), png('a.png')]))).toEqual({
      name: 'b.png',
      note: 'One picture at a time: left out "a.png".',
    });
    const many = Array.from({ length: 300 }, (_, i) => png(`${i}.png`));
    expect(opened(await dropped(many)).note).toBe(
      'One picture at a time: left out "1.png", "2.png", "3.png", "4.png" and 295 more.',
    );
  });

  describe('of which some are damaged', () => {
    const isReadable = async ({ name }: File) => name.startsWith('good');

    it('the first one that can be read opens, however many come before it', async () => {
      for (const count of [1, 30, 250]) {
        const broken = Array.from({ length: count }, (_, i) => png(`bad${i}.png`));
        const intake = await dropped([...broken, words('a.txt'), png('good.png'), png('good2.png')], {
          isReadable,
        });
        expect(opened(intake).name).toBe('good.png');
        expect(intake).toMatchObject({ unread: count });
        expect(opened(intake).note).toContain('"bad0.png" (cannot be read)');
      }
    });

    it('the first is left to the decoder where none can be read', async () => {
      const intake = await dropped([words('a.txt'), png('a.png'), png('b.png')], { isReadable });
      expect(opened(intake).name).toBe('a.png');
      expect(intake).toMatchObject({ unread: 2 });
    });

    it('a lone one is left to the decoder, which says what is wrong', async () => {
      expect(opened(await dropped([png('bad.png')], { isReadable })).name).toBe('bad.png');
    });

    it('nothing is tried any more once something else came', async () => {
      const tried: string[] = [];
      const stop = new AbortController();
      const trying = dropped([png('a.png'), png('b.png'), png('c.png')], {
        signal: stop.signal,
        isReadable: async ({ name }) => {
          tried.push(name);
          stop.abort();
          return false;
        },
      });
      await expect(trying).rejects.toMatchObject({ code: 'aborted' });
      expect(tried).toEqual(['a.png']);
    });
  });

  it('a text file before a picture is named for what it is', async () => {
    expect(opened(await dropped([words('notes.txt'), png('a.png')]))).toEqual({
      name: 'a.png',
      note: 'One picture at a time: left out "notes.txt" (text).',
    });
  });

  it('a lone file of another kind is left to the decoder, which says what it is', async () => {
    expect(opened(await dropped([words('notes.png')])).name).toBe('notes.png');
  });

  it('several without a picture are named', async () => {
    expect(
      await dropped([words('a.txt'), new File(['%PDF-1.7'], 'b.pdf'), new File([], 'c.png')]),
    ).toMatchObject({
      kind: 'refused',
      message:
        'None of these 3 files is a picture: "a.txt" (text), "b.pdf" (a PDF document) and "c.png" (empty).',
    });
  });

  it('an SVG counts, also behind a comment', async () => {
    const late = new File([`<!--${'x'.repeat(9_000)}--><svg></svg>`], 'late.svg');
    expect(opened(await dropped([words('a.txt'), late])).name).toBe('late.svg');
    expect(opened(await dropped([words('a.txt'), new File(['<svg/>'], 'b')])).name).toBe('b');
  });

  it('one that cannot be read is passed over', async () => {
    const gone = png('gone.png');
    gone.slice = () =>
      ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) as Blob;
    expect(opened(await dropped([gone, png('a.png')])).note).toContain('"gone.png" (cannot be read)');
  });

  it('a pasted picture has no name of its own', async () => {
    const found = { ...nothing, files: [png('image.png')] };
    expect(opened(await sortIntake({ ...found, pasted: true })).name).toBe('');
    expect(opened(await sortIntake(found)).name).toBe('image.png');
  });

  it('an experiment file goes before pictures', async () => {
    const experiment = new File(['TOKX1...'], 'x.tokenoscope');
    const isExperimentFile = (head: Uint8Array) => new TextDecoder().decode(head).startsWith('TOKX');
    expect(await dropped([png('a.png'), experiment], { isExperimentFile })).toMatchObject({
      kind: 'experiment',
      file: experiment,
      notes: [{ text: 'One picture at a time: left out "a.png".' }],
    });
  });

  it('what the lab claims goes to the lab whole', async () => {
    const files = [png('a.png'), words('model.safetensors')];
    const isOurs = (name: string) => name.endsWith('.safetensors');
    expect(await dropped(files, { isOurs })).toEqual({ kind: 'claimed', files });
  });

  it('gives up when it is told to', async () => {
    await expect(dropped([png('a.png')], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

describe('folders', () => {
  it('open their first picture by name', async () => {
    expect(opened(await inFolder(png('10.png'), words('0.txt'), png('2.png'), png('.hidden.png')))).toEqual({
      name: '2.png',
      note: 'One picture at a time: left out "0.txt" (text) and "10.png".',
    });
  });

  it('are searched within, after their own files', async () => {
    const inner = folder('inner', [png('a.png')]);
    expect(opened(await inFolder(inner, png('z.png'))).name).toBe('z.png');
    expect(opened(await inFolder(inner)).name).toBe('a.png');
  });

  it('say so when they are empty or hold no picture', async () => {
    expect(await inFolder()).toMatchObject({ kind: 'refused', message: 'The folder "holiday" is empty.' });
    expect(await inFolder(words('a.txt'))).toMatchObject({
      kind: 'refused',
      message: 'The folder "holiday" holds no picture, only "a.txt" (text).',
    });
  });

  it('that never end are left after a while', async () => {
    const files = await filesOf(
      folder(
        'big',
        Array.from({ length: 5_000 }, (_, i) => words(`${i}`)),
        100,
      ),
    );
    expect(files.length).toBe(2_000);
    const loop: unknown[] = [];
    const endless = folder('endless', loop as File[]);
    loop.push(endless);
    expect(await filesOf(folder('outer', [endless]))).toEqual([]);
  });
});

describe('collect', () => {
  it('takes files, folders and texts apart', () => {
    const directory = folder('holiday', []);
    const transfer = {
      items: [
        { kind: 'file', webkitGetAsEntry: () => directory },
        { kind: 'file', webkitGetAsEntry: () => ({ isDirectory: false }) },
        { kind: 'string' },
      ],
      files: [new File([], 'holiday'), png('a.png')],
      getData: (type: string) => type,
    } as unknown as DataTransfer;
    expect(collect(transfer)).toMatchObject({
      files: [{ name: 'a.png' }],
      folders: [{ name: 'holiday' }],
      text: { uris: 'text/uri-list', html: 'text/html', plain: 'text/plain' },
      pasted: false,
    });
  });
});
