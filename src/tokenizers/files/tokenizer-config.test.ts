import { readFileSync } from 'node:fs';
import { Tokenizer } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { nastyText } from '../testing/nasty-text';
import { withoutNewerUnicode } from '../testing/newer-unicode';
import { tokenizerFromFiles } from './tokenizer-file';

const file = (name: string, content: string | object) => ({
  name,
  bytes: encodeUtf8(typeof content === 'string' ? content : JSON.stringify(content)),
});
const parse = { special: 'parse' } as const;
const VOCAB = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  '[MASK]',
  'The',
  'the',
  'caf',
  '##é',
  '中',
  '文',
  '中文',
  '!',
  ...'abcdefghijklmnopqrstuvwxyzABC',
  ...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `##${letter}`),
];

/** The tokenizer.json that transformers makes of the same files. */
function bert(lowercase: boolean, accents: boolean | null, chinese: boolean): Tokenizer {
  return Tokenizer.fromString(
    JSON.stringify({
      version: '1.0',
      added_tokens: VOCAB.slice(0, 5).map((content, id) => ({
        id,
        content,
        special: true,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      })),
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: chinese,
        strip_accents: accents,
        lowercase,
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(VOCAB.map((token, id) => [token, id])),
      },
    }),
  );
}

describe('vocab.txt', () => {
  it.each([
    [undefined, true, null, true],
    [{ do_lower_case: false }, false, null, true],
    [{ do_lower_case: true, strip_accents: false, tokenize_chinese_chars: false }, true, false, false],
  ] as const)('with tokenizer_config.json %j', async (config, lowercase, accents, chinese) => {
    const vocab = file('vocab.txt', VOCAB.join('\n'));
    const files = config ? [file('tokenizer_config.json', config), vocab] : [vocab];
    const { tokenizer, notes } = await tokenizerFromFiles(files);
    expect(notes.length).toBe(config ? 0 : 1);
    const oracle = bert(lowercase, accents, chinese);
    for (const text of [
      'The café! 中文 [MASK]',
      ...Array.from({ length: 40 }, (_, i) => withoutNewerUnicode(nastyText(i).toWellFormed())),
    ]) {
      const right = await oracle.encode(text, null, { addSpecialTokens: true });
      expect([...tokenizer.encode(text, { special: 'parse', addSpecialTokens: true }).ids], text).toEqual(
        right.getIds(),
      );
    }
  });
});

describe('tokenizer_config.json beside other files', () => {
  const folder = new URL('../testing/fixtures/sentencepiece/', import.meta.url);
  const model = { name: 'tokenizer.model', bytes: readFileSync(new URL('bpe.model', folder)) };

  it('adds its tokens to a SentencePiece model, and a beginning', async () => {
    const alone = await tokenizerFromFiles([model]);
    const { vocabularySize: size } = alone.tokenizer;
    const config = {
      added_tokens_decoder: {
        [size]: { content: '<|user|>', special: true },
        [size + 1]: { content: 'xyz', special: false },
      },
      add_bos_token: true,
      bos_token: { content: '<s>' },
      chat_template: [
        { name: 'tool', template: 'T' },
        { name: 'default', template: 'D' },
      ],
    };
    const { tokenizer, chatTemplate } = await tokenizerFromFiles([
      model,
      file('tokenizer_config.json', config),
    ]);
    expect(chatTemplate).toBe('D');
    expect(tokenizer.vocabularySize).toBe(size + 2);
    const ids = [...tokenizer.encode('<|user|>a xyz', parse).ids];
    expect(ids).toContain(size);
    expect(ids).toContain(size + 1);
    const [bos] = tokenizer.idsOf('<s>');
    const plain = [...tokenizer.encode('a', {}).ids];
    expect([...tokenizer.encode('a', { addSpecialTokens: true }).ids]).toEqual([bos!.valueOf(), ...plain]);
  });

  it('gives its special tokens to a .tiktoken file', async () => {
    const ranks = Array.from({ length: 256 }, (_, byte) => `${btoa(String.fromCharCode(byte))} ${byte}\n`);
    const config = file('tokenizer_config.json', {
      added_tokens_decoder: { 256: { content: '<|end|>', special: true } },
    });
    const { tokenizer, notes } = await tokenizerFromFiles([file('x.tiktoken', ranks.join('')), config]);
    expect([...tokenizer.encode('a<|end|>', parse).ids]).toEqual([97, 256]);
    expect(notes.join()).not.toContain('no special tokens');
  });

  it('gives its chat template to a tokenizer.json; a chat_template.jinja of its own counts more', async () => {
    const whole = file('tokenizer.json', {
      version: '1.0',
      added_tokens: [],
      pre_tokenizer: null,
      model: { type: 'WordLevel', vocab: { a: 0, '[UNK]': 1 }, unk_token: '[UNK]' },
    });
    const config = file('tokenizer_config.json', { chat_template: 'one' });
    expect((await tokenizerFromFiles([whole, config])).chatTemplate).toBe('one');
    expect((await tokenizerFromFiles([whole, config, file('chat_template.jinja', 'two')])).chatTemplate).toBe(
      'two',
    );
    expect((await tokenizerFromFiles([whole])).chatTemplate).toBeUndefined();
  });

  it.each([
    ['{"a": ', 'tokenizer_config.json is not usable'],
    ['[]', 'it is not an object'],
    ['{"added_tokens_decoder": {"x": {"content": "a"}}}', 'has the id "x"'],
    ['{"added_tokens_decoder": {"1": 5}}', 'has no "content"'],
  ])('damaged: %s', async (content, message) => {
    await expect(tokenizerFromFiles([model, file('tokenizer_config.json', content)])).rejects.toThrow(
      message,
    );
  });
});
