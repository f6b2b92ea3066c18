import { afterEach, describe, expect, it } from 'vitest';
import { sampleTexts } from '../../catalog/texts';
import { decodeLink, encodeLink } from '../../core/link/envelope';
import { readExperimentFile, writeExperimentFile } from '../../core/link/experiment-file';
import type { LabChange } from '../lab';
import { freeName, rename } from './own-changes';
import { testLab, until } from './testing/lab';
import type { TextLab } from './text-lab';

const labs: TextLab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

function fresh() {
  const lab = testLab();
  labs.push(lab);
  return lab;
}

/** The lab of a link, in a lab that knows nothing yet. */
async function openedWith(from: TextLab, short = false) {
  const lab = fresh();
  const hash = encodeLink('text', from.link.write(short))!;
  const { parts } = await decodeLink(hash);
  return { lab, problems: lab.link.open(parts['text']!) };
}

const file = `file:${'a'.repeat(64)}`;
const record = {
  sha256: 'a'.repeat(64),
  kind: 'tiktoken',
  size: 1,
  vocabularySize: 1,
  notes: [],
  added: 0,
} as const;

describe('the link of a text lab', () => {
  it('brings text, columns and switches back', async () => {
    const lab = fresh();
    lab.state.insert('some text\n');
    lab.columns.set(['o200k', file, 'gpt2']);
    lab.own.rememberNames({ [file]: 'theirs.json' });
    lab.state.showIds(true);
    lab.state.showWhitespace(true);
    lab.panes.show('numbers');
    lab.panes.set('numbers', { group: 'left' });
    const opened = await openedWith(lab);
    expect(opened.problems).toEqual([]);
    expect(opened.lab.link.experiment()).toEqual(lab.link.experiment());
    expect(opened.lab.state.get().document.text).toBe('some text\n');
  });

  it('brings lone surrogates, a byte-order mark and an empty text back', async () => {
    for (const text of ['a\ud800b', '\ufeffx', '', '\0']) {
      const lab = fresh();
      lab.state.insert(text);
      const opened = await openedWith(lab);
      expect(opened.lab.state.get().document.text).toBe(text);
      expect(opened.problems).toEqual([]);
    }
  });

  it('changes nothing where everything is as the link says', async () => {
    const lab = fresh();
    expect(lab.state.get().document.text).toBe(sampleTexts[0]!.text);
    const state = lab.state.get();
    const columns = lab.columns.store.getState();
    const { head, blob } = lab.link.write();
    lab.link.open({ version: 2, head, blob });
    expect(lab.state.get()).toBe(state);
    expect(lab.columns.store.getState()).toBe(columns);
  });

  it('holds a text that no link can hold, for an experiment file; short, its length', async () => {
    const lab = fresh();
    const text = Array.from({ length: 200_000 }, (_, i) => i.toString(36)).join(' ');
    lab.state.insert(text);
    expect(encodeLink('text', lab.link.write())).toBeUndefined();
    const saved = await writeExperimentFile('text', lab.link.write());
    const other = fresh();
    const { parts } = await readExperimentFile(saved);
    expect(other.link.open(parts['text']!)).toEqual([]);
    await until(other.state.store, ({ document }) => document.origin.kind === 'link');
    expect(Buffer.compare(other.state.get().document.bytes, lab.state.get().document.bytes)).toBe(0);

    const short = (await openedWith(lab, true)).lab;
    expect(short.state.get().note?.title).toBe(
      'This link was made with a text of 952 kB, too long for a link.',
    );
    expect(short.state.get().document.origin.kind).toBe('sample');
  });

  it('says no word of a text that is here already', async () => {
    const lab = fresh();
    lab.state.insert('far too long '.repeat(10_000));
    const { head, blob } = lab.link.write(true);
    lab.link.open({ version: 2, head, blob });
    expect(lab.state.get().note).toBeNull();
  });

  it('leaves out tokenizers that are not here, and says so', async () => {
    const lab = fresh();
    const part = { version: 2, head: { z: ['gpt2', 'no-such-tokenizer'] }, blob: new Uint8Array(0) };
    expect(lab.link.open(part)).toEqual([
      'This link uses the tokenizer "no-such-tokenizer", which is not here.',
    ]);
    expect(lab.columns.ids).toEqual(['gpt2']);
  });

  it('calls files as they are called here', async () => {
    const lab = fresh();
    lab.columns.set(['gpt2', file]);
    lab.own.rememberNames({ [file]: 'theirs.json' });
    expect(lab.link.experiment().fileNames).toEqual({ [file]: 'theirs.json' });
    lab.own.add({ ...record, name: 'mine' }, null);
    expect(lab.link.experiment().fileNames).toEqual({ [file]: 'mine' });
    expect(freeName(lab.own, 'mine', 'another')).toBe('mine 2');
    expect(freeName(lab.own, 'mine', file)).toBe('mine');
  });

  it('knows a sample by its text, and keeps the own text for later', async () => {
    const lab = fresh();
    const other = fresh();
    await Promise.all([lab.samples.load(), other.samples.load()]);
    other.state.openSample(sampleTexts[1]!.id);
    lab.state.insert('mine');
    const { head, blob } = other.link.write();
    lab.link.open({ version: 2, head, blob });
    expect(lab.state.get().document.text).toBe(sampleTexts[1]!.text);
    lab.state.openSample(sampleTexts[2]!.id);
    lab.state.restoreOwn();
    expect(lab.state.get().document.text).toBe('mine');
  });
});

describe('what a text lab tells of changes', () => {
  it('columns, switches and other texts are steps, typing is an edit, names are corrections', async () => {
    const lab = fresh();
    await lab.samples.load();
    const told: LabChange[] = [];
    const toldBy = (act: () => void) => {
      told.length = 0;
      act();
      return told;
    };
    lab.link.onChange((change) => told.push(change));
    expect(toldBy(() => lab.state.type('a'))).toEqual(['edit']);
    expect(toldBy(() => lab.state.type('something else'))).toEqual(['edit']);
    expect(toldBy(() => lab.state.openSample('emoji'))).toEqual(['step']);
    expect(toldBy(() => lab.state.type('typed over the sample'))).toEqual(['edit']);
    expect(toldBy(() => lab.state.replace('pasted'))).toEqual(['step']);
    expect(toldBy(() => lab.state.restoreOwn())).toEqual(['step']);
    expect(toldBy(() => lab.state.clear())).toEqual(['step']);
    expect(toldBy(() => lab.columns.add('llama-2'))).toEqual(['step']);
    expect(toldBy(() => lab.columns.move('llama-2', -1))).toEqual(['step']);
    expect(toldBy(() => lab.columns.remove('llama-2'))).toEqual(['step']);
    expect(toldBy(() => lab.columns.remove('llama-2'))).toEqual([]);
    expect(toldBy(() => lab.state.showIds(true))).toEqual(['step']);
    expect(toldBy(() => lab.state.showWhitespace(true))).toEqual(['step']);
    expect(toldBy(() => lab.columns.update('gpt2', { busy: false }))).toEqual([]);
    expect(toldBy(() => lab.columns.add(file))).toEqual(['step']);
    expect(toldBy(() => lab.own.add({ ...record, name: 'mine' }, []))).toEqual(['correction']);
    told.length = 0;
    await rename(lab.own, file, 'renamed');
    expect(told).toEqual(['correction']);
  });

  it('a long text of a link arrives late, and is a correction', async () => {
    const lab = fresh();
    await lab.samples.load();
    const told: LabChange[] = [];
    lab.link.onChange((change) => told.push(change));
    const head = { z: [...lab.columns.ids] };
    lab.link.open({ version: 2, head, blob: new TextEncoder().encode('long '.repeat(30_000)) });
    await until(lab.state.store, ({ document }) => document.origin.kind === 'link');
    expect(told).toEqual(['correction']);
    await new Promise((resolve) => setImmediate(resolve));
    lab.state.openSample('emoji');
    lab.state.restoreOwn();
    expect(told).toEqual(['correction', 'step', 'step']);
  });
});

describe('what is said of a link', () => {
  it('is what travels, and what does not', async () => {
    const lab = fresh();
    lab.state.insert('x'.repeat(1234));
    expect(lab.link.describe(false)).toEqual(['The text (1.23 kB), and 4 tokenizers.']);
    expect(lab.link.describe(true)).toEqual([
      'The 4 tokenizers, in their order.',
      'Not the text (1.23 kB): it is too long for a link. An experiment file holds it.',
    ]);
    lab.panes.set('languages', { source: 'lines', lines: 'a' });
    lab.panes.set('strip', { quantity: 'price' });
    lab.panes.show('languages');
    expect(lab.link.describe(false).slice(1)).toEqual([
      'Settings of Languages, the comparison.',
      'Open tab: Languages.',
    ]);
    lab.panes.replace({ open: null, settings: {} });
    lab.columns.set([file]);
    lab.own.rememberNames({ [file]: 'theirs.json' });
    lab.state.clear();
    expect(lab.link.describe(false)).toEqual([
      'No text, and 1 tokenizer.',
      'The name and the sha256 of theirs.json, not the file: whoever opens this needs it.',
    ]);
  });
});

describe('a text that is refused', () => {
  it('leaves the present one in place and says why', async () => {
    const lab = fresh();
    const { document } = lab.state.get();
    lab.state.insert('x'.repeat(8_000_001));
    expect(lab.state.get().document).toBe(document);
    expect(lab.state.get().note).toMatchObject({ tone: 'error', title: expect.stringContaining('8.00 MB') });
  });
});
