import { describe, expect, it } from 'vitest';
import { folder } from '../../views/intake/testing/folder';
import { TextDrops } from './drops';
import { testLab, until } from './testing/lab';

const PAGE = 'https://example.org/tokenoscope/#text';

describe('TextDrops', () => {
  const drop = (text: string, ...files: File[]) => {
    const lab = testLab();
    const drops = new TextDrops(lab, () => PAGE);
    drops.take({ items: [], files, getData: (type) => (type === 'text/plain' ? text : '') });
    return lab;
  };

  it('opens a permalink of this page, and shows any other text', () => {
    const lab = drop('https://example.org/tokenoscope/#2.AbC-_9xyz');
    expect(lab.opened).toEqual(['#2.AbC-_9xyz']);
    expect(lab.state.get().document.origin.kind).toBe('sample');
    expect(drop('https://elsewhere.org/#2.AbC-_9xyz').state.get().document.text).toBe(
      'https://elsewhere.org/#2.AbC-_9xyz',
    );
    expect(drop('a\r\nb\rc').state.get().document.text).toBe('a\nb\nc');
    expect(drop('').state.get().document.origin.kind).toBe('sample');
  });

  it('takes files before their names', async () => {
    const lab = drop('notes.txt', new File(['the notes'], 'notes.txt'));
    await until(lab.state.store, ({ document }) => document.origin.kind === 'file');
    expect(lab.state.get().document.text).toBe('the notes');
    lab.dispose();
  });

  const dropFolder = async (...content: Parameters<typeof folder>[1]) => {
    const lab = testLab();
    const directory = folder('gpt2', content);
    const item = { kind: 'file', webkitGetAsEntry: () => directory };
    lab.drops.take({ items: [item], files: [new File([], 'gpt2')], getData: () => '' });
    await until(lab.intake.store, ({ job, message }) => job === null && message !== null);
    return lab;
  };
  const json = JSON.stringify({
    model: { type: 'WordLevel', vocab: { a: 0, '?': 1 }, unk_token: '?' },
    pre_tokenizer: { type: 'Whitespace' },
  });

  it("takes the tokenizer of a model's folder, and nothing else of it", async () => {
    const lab = await dropFolder(
      new File(['# GPT-2'], 'README.md'),
      new File(['{"model_type": "gpt2"}'], 'config.json'),
      new File(['x'], 'model.safetensors'),
      folder('onnx', [new File(['y'], 'model.onnx')]),
      new File([json], 'tokenizer.json'),
      new File(['#version: 0.2\na b\nc d\n'], 'merges.txt'),
    );
    expect(lab.own.get().tokenizers.map(({ name }) => name)).toEqual(['gpt2/tokenizer.json']);
    expect(lab.state.get().document.origin.kind).toBe('sample');
    lab.dispose();
  });

  it('says what a folder without a tokenizer holds', async () => {
    const lab = await dropFolder(new File(['{"model_type": "gpt2"}'], 'config.json'));
    expect(lab.intake.store.getState().message?.title).toBe(
      "gpt2/config.json is a model's settings, without a vocabulary.",
    );
    const empty = await dropFolder();
    expect(empty.intake.store.getState().message).toMatchObject({
      tone: 'error',
      title: 'The folder "gpt2" is empty.',
    });
    const texts = await dropFolder(new File(['one'], '1.txt'), new File(['two'], '2.txt'));
    expect(texts.state.get().document.text).toBe('one');
    for (const each of [lab, empty, texts]) each.dispose();
  });
});
