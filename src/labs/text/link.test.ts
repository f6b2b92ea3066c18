import { beforeEach, describe, expect, it } from 'vitest';
import { sampleTexts } from '../../catalog/texts';
import { applyTextExperiment, textExperiment } from './link';
import { dismissNote, insertText, openSample, restoreOwn, useTextLab } from './store';
import { freeName, listTokenizer } from './user-tokenizers';

const initial = useTextLab.getState();
const state = () => useTextLab.getState();

beforeEach(() => useTextLab.setState(initial, true));

describe('the link of the text lab', () => {
  it('brings text, columns and switches back', () => {
    insertText('some text\n');
    useTextLab.setState({ tokenizers: ['o200k', 'gpt2'], showIds: true, showWhitespace: true });
    const experiment = textExperiment(state());
    useTextLab.setState(initial, true);
    applyTextExperiment(experiment);
    expect(textExperiment(state())).toEqual(experiment);
  });

  it('changes nothing where everything is as the link says', () => {
    const before = state();
    applyTextExperiment(textExperiment(before));
    expect(state()).toBe(before);
  });

  it('leaves a long text out, and leaves the present one alone when it is missing', () => {
    insertText('far too long '.repeat(10_000));
    const experiment = textExperiment(state());
    expect(experiment.text).toEqual({ kind: 'omitted', bytes: 130_000 });
    useTextLab.setState(initial, true);
    applyTextExperiment(experiment);
    expect(state().document).toBe(initial.document);
    expect(state().note?.title).toBe('This link was made with a text of 130 kB, too long for a link.');
    dismissNote();
    insertText('far too long '.repeat(10_000));
    applyTextExperiment(experiment);
    expect(state().note).toBeNull();
  });

  it('leaves out tokenizers that are not here', () => {
    applyTextExperiment({ ...textExperiment(state()), tokenizers: ['gpt2', 'no-such-tokenizer'] });
    expect(state().tokenizers).toEqual(['gpt2']);
  });

  it('keeps the columns of files that are not here, with the names that the link gives them', () => {
    const id = `file:${'a'.repeat(64)}`;
    const experiment = {
      ...textExperiment(state()),
      tokenizers: ['gpt2', id],
      fileNames: { [id]: 'theirs.json' },
    };
    applyTextExperiment(experiment);
    expect(state().tokenizers).toEqual(['gpt2', id]);
    expect(textExperiment(state())).toEqual(experiment);
    // What it is called here counts for links made here.
    const record = {
      sha256: 'a'.repeat(64),
      kind: 'tiktoken',
      size: 1,
      vocabularySize: 1,
      notes: [],
      added: 0,
    } as const;
    listTokenizer({ ...record, name: 'mine' }, null);
    expect(textExperiment(state()).fileNames).toEqual({ [id]: 'mine' });
    expect(freeName('mine', 'another')).toBe('mine 2');
    expect(freeName('mine', id)).toBe('mine');
  });

  it('knows a sample by its text, and keeps the own text for later', () => {
    insertText('mine');
    applyTextExperiment({
      ...textExperiment(initial),
      text: { kind: 'inline', value: sampleTexts[1]!.text },
    });
    expect(state().document.origin).toEqual({ kind: 'sample', id: sampleTexts[1]!.id });
    openSample(sampleTexts[2]!.id);
    restoreOwn();
    expect(state().document.text).toBe('mine');
  });
});

describe('a text that is refused', () => {
  it('leaves the present one in place and says why', () => {
    const { document } = state();
    insertText('x'.repeat(8_000_001));
    expect(state().document).toBe(document);
    expect(state().note).toMatchObject({ tone: 'error', title: expect.stringContaining('8.00 MB') });
  });
});
