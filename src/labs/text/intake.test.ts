import { afterEach, describe, expect, it } from 'vitest';
import { ggufFile } from '../../tokenizers/testing/gguf-writer';
import type { IntakeState } from './intake-state';
import { takeTokenizer } from './take-files';
import { testLab } from './testing/lab';
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

const message = (lab: TextLab) => lab.intake.store.getState().message;

const words = (...tokens: string[]) =>
  JSON.stringify({
    version: '1.0',
    added_tokens: [],
    pre_tokenizer: { type: 'Whitespace' },
    model: {
      type: 'WordLevel',
      vocab: Object.fromEntries([...tokens, '?'].map((token, i) => [token, i])),
      unk_token: '?',
    },
  });

describe('TextIntake', () => {
  it('takes a text, and holds on to the one before', async () => {
    const lab = fresh();
    lab.state.type('mine');
    await lab.intake.take([new File(['\ufeffcafé'], 'notes.txt')]);
    expect(lab.state.get().document).toMatchObject({
      text: '\ufeffcafé',
      origin: { kind: 'file', name: 'notes.txt' },
    });
    lab.state.restoreOwn();
    expect(lab.state.get().document.text).toBe('mine');
  });

  it('says of an empty file that it is empty, and keeps the text', async () => {
    const lab = fresh();
    lab.state.type('mine');
    await lab.intake.take([new File([], 'nothing.txt')]);
    expect(lab.state.get().document.text).toBe('mine');
    expect(message(lab)).toMatchObject({ tone: 'error', title: 'nothing.txt is empty.', asText: null });
  });

  it('takes a tokenizer, once', async () => {
    const lab = fresh();
    const before = lab.columns.ids.length;
    await lab.intake.take([new File([words('one', 'two')], 'words.json')]);
    expect(lab.columns.ids).toHaveLength(before + 1);
    // There is no IndexedDB here: the column works anyway, and the message says what is missing.
    expect(message(lab)).toMatchObject({ tone: 'warning', added: { isNew: true } });
    await lab.intake.take([new File([words('one', 'two')], 'copy.json')]);
    expect(lab.columns.ids).toHaveLength(before + 1);
    expect(message(lab)?.title).toBe('words.json is here already.');
  });

  it('takes a vocabulary with its settings, and of a GGUF file only what is about the tokenizer', async () => {
    const lab = fresh();
    const vocab = new File(['[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nThe\n'], 'vocab.txt');
    const settings = new File(['{"do_lower_case": false, "chat_template": "T"}'], 'tokenizer_config.json');
    await lab.intake.take([vocab]);
    await lab.intake.take([settings, vocab]);
    const [alone, both] = lab.own.get().tokenizers;
    expect([alone?.kind, both?.kind]).toEqual(['vocab.txt', 'vocab.txt']);
    // The settings change how texts are cut, so it is another tokenizer.
    expect(both!.sha256).not.toBe(alone!.sha256);
    const ref = (own: typeof alone) => ({
      id: own!.id,
      label: '',
      spec: { kind: 'files' as const, files: own!.files! },
    });
    const { signal } = new AbortController();
    expect(await lab.segmenter.chatTemplate(ref(both), signal)).toBe('T');
    expect(await lab.segmenter.chatTemplate(ref(alone), signal)).toBeNull();

    const metadata = {
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'gpt-2',
      'tokenizer.ggml.tokens': { texts: ['a', 'b', 'ab'] },
      'tokenizer.ggml.merges': { texts: ['a b'] },
    };
    const gguf = (type: number) =>
      new File(
        [ggufFile({ ...metadata, 'general.file_type': type }, { rest: new Uint8Array(1e6) })],
        'm.gguf',
      );
    await lab.intake.take([gguf(2)]);
    const kept = lab.own.get().tokenizers[2]!;
    expect(kept.kind).toBe('GGUF');
    expect(kept.files![0]!.content.size).toBeLessThan(1000);
    await lab.intake.take([gguf(7)]);
    expect(message(lab)?.title).toBe('m.gguf is here already.');
  });

  it('a tokenizer.json keeps its hash beside its settings, and links say where it was fetched', async () => {
    const lab = fresh();
    const whole = new File([words('one')], 'tokenizer.json');
    await lab.intake.take([whole, new File(['{"chat_template": "T"}'], 'tokenizer_config.json')]);
    const [own] = lab.own.get().tokenizers;
    await lab.intake.take([whole]);
    expect(message(lab)?.title).toBe('tokenizer.json is here already.');
    expect(own!.files).toHaveLength(2);

    const origin = `hf:org/name@${'a'.repeat(40)}`;
    const say = (state: Partial<IntakeState>) => lab.intake.store.setState(state);
    const fetched = { lab, signal: new AbortController().signal, say };
    await takeTokenizer(
      [{ name: 'tokenizer.json', content: new Blob([words('two')]) }],
      { from: { name: 'name', origin, note: 'It has another name now.' } },
      fetched,
    );
    const written = lab.link.write();
    expect(written.head['u']).toEqual(['', origin]);
    const other = fresh();
    other.link.open({ version: 2, ...written });
    await other.own.list();
    const missing = other.columns.ids.at(-1)!;
    expect(other.own.originOf(missing)).toBe(origin);
    expect(other.link.write().head['u']).toEqual(['', origin]);
  });

  it('shows a tokenizer as a text where it was meant as one', async () => {
    const lab = fresh();
    const { ids } = lab.columns;
    const json = words('one');
    await lab.intake.take([new File([json], 'words.json')]);
    await lab.intake.showAsText();
    expect(lab.state.get().document.text).toBe(json);
    expect(lab.columns.ids).toEqual(ids);
    expect(lab.own.get()).toMatchObject({ tokenizers: [], removed: null });
  });

  it('says what is wrong with a file and changes nothing', async () => {
    const lab = fresh();
    const { document } = lab.state.get();
    await lab.intake.take([new File(['{"model": {"type": "BPE", "vocab": '], 'cut.json')], {
      as: 'tokenizer',
    });
    expect(message(lab)).toMatchObject({ tone: 'error', asText: { name: 'cut.json' } });
    await lab.intake.take([new File([new Uint8Array([0xff, 0, 1, 2])], 'noise.bin')]);
    expect(message(lab)?.title).toBe('noise.bin is not a text file.');
    expect(lab.state.get().document).toBe(document);
  });

  it('names what is for another lab, and where to go with it', async () => {
    const lab = fresh();
    const { document } = lab.state.get();
    await lab.intake.take([new File(['\x89PNG\r\n'], 'photo.png', { type: 'image/png' })]);
    // UTF-8 makes two bytes of \x89: the type tells.
    expect(message(lab)).toMatchObject({
      title: 'photo.png is a picture.',
      hint: expect.stringContaining('image lab'),
    });
    await lab.intake.take([
      new File(['x'], 'model.safetensors'),
      new File(['y'], 'b.png', { type: 'image/png' }),
    ]);
    expect(message(lab)?.title).toBe("model.safetensors is a model's weights, by its name.");
    expect(message(lab)?.hint).toMatch(/^Not opened: b\.png\. Give the model's tokenizer\.json instead\./);
    expect(lab.state.get().document).toBe(document);
  });

  it('names a file of a model for what it is, and shows it as a text where that is wanted', async () => {
    const lab = fresh();
    const { ids } = lab.columns;
    const config = '{"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"}';
    await lab.intake.take([new File([config], 'config.json')]);
    expect(message(lab)).toMatchObject({
      tone: 'warning',
      title: "config.json is a model's settings, without a vocabulary.",
      hint: 'Give the tokenizer.json that lies beside it.',
      asText: { name: 'config.json' },
    });
    await lab.intake.showAsText();
    expect(lab.state.get().document.text).toBe(config);
    expect(lab.columns.ids).toEqual(ids);
  });

  it('has no word for what lies beside a tokenizer', async () => {
    const lab = fresh();
    await lab.intake.take([
      new File(['{"model_type": "gpt2"}'], 'config.json'),
      new File([words('one', 'two')], 'tokenizer.json'),
      new File(['x'], 'model.safetensors'),
    ]);
    expect(message(lab)?.added).toMatchObject({ isNew: true });
    expect(lab.own.get().tokenizers).toHaveLength(1);
  });

  it('opens the first of several texts, and names the rest', async () => {
    const lab = fresh();
    await lab.intake.take([
      new File(['one'], 'one.txt'),
      new File(['two'], 'two.txt'),
      new File(['3'], 'three.txt'),
    ]);
    expect(lab.state.get().document.text).toBe('one');
    expect(message(lab)?.title).toBe('Not opened: two.txt, three.txt.');
    await lab.intake.take([new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' })]);
    await lab.intake.showAsText();
    expect(lab.state.get().document.text).toBe('<svg/>');
  });

  it('lets newer files win, and can be cancelled', async () => {
    const lab = fresh();
    const slow = lab.intake.take([
      new File([words(...Array.from({ length: 50_000 }, (_, i) => `w${i}`))], 'large.json'),
    ]);
    await lab.intake.take([new File(['a text'], 'a.txt')]);
    await slow;
    expect(lab.state.get().document.text).toBe('a text');
    expect(lab.own.get().tokenizers).toEqual([]);
    const other = lab.intake.take([new File(['another'], 'b.txt')]);
    lab.intake.cancel();
    await other;
    expect(lab.state.get().document.text).toBe('a text');
    expect(lab.intake.store.getState()).toEqual({ job: null, message: null, place: 'page' });
  });
});
