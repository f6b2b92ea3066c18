import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { tokenizerFromFiles } from '../files/tokenizer-file';
import { readCompiledPipeline } from '../hugging-face/compiled';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { nastyText } from '../testing/nasty-text';
import { trainedTokenizers } from '../testing/trained';
import { compileVocabulary, type VocabularyFiles } from './compile';

const TEXTS = ['', ' ', 'a', 'Hello  world 1234567', ...Array.from({ length: 30 }, (_, i) => nastyText(i))];

const compiled = (source: VocabularyFiles) =>
  readCompiledPipeline('test', gzipSync(compileVocabulary('pipeline', source)));

const ofJson = (json: object): VocabularyFiles => ({
  format: 'tokenizer.json',
  files: [{ name: 'tokenizer.json', bytes: encodeUtf8(JSON.stringify(json)) }],
});

/** Ids, spans, decoded bytes, and every token. */
function expectSame(ours: Tokenizer, theirs: Tokenizer): void {
  expect(ours.vocabularySize).toBe(theirs.vocabularySize);
  for (const text of TEXTS) {
    const tokens = theirs.encode(text, { special: 'parse' });
    expect(ours.encode(text, { special: 'parse' })).toEqual(tokens);
    expect(ours.decode(tokens.ids)).toEqual(theirs.decode(tokens.ids));
    expect(ours.trace(text)?.kind).toBe(theirs.trace(text)?.kind);
  }
  for (let id = 0; id < theirs.vocabularySize; id += 1 + (id >> 6))
    expect(ours.token(id)).toEqual(theirs.token(id));
}

describe('compiled, a tokenizer answers as its file does', () => {
  it.each(Object.entries(trainedTokenizers))('%s', async (_, train) => {
    const json = train();
    expectSame(await compiled(ofJson(json)), tokenizerFromJson(json).tokenizer);
  });

  it('BPE with affixes, whose merges are kept as they are', async () => {
    const vocab = { a: 0, 'a</w>': 1, b: 2, 'b</w>': 3, ab: 4, 'ab</w>': 5, 'aab</w>': 6, '<': 7, '/': 8 };
    const merges = ['a b</w>', 'a b', 'a ab</w>'];
    const model = { type: 'BPE', vocab, merges, end_of_word_suffix: '</w>' };
    const json = { model, pre_tokenizer: { type: 'Whitespace' } };
    expectSame(await compiled(ofJson(json)), tokenizerFromJson(json).tokenizer);
    const { tokenizer } = tokenizerFromJson(json);
    expect([...tokenizer.encode('aab').ids]).toEqual([6]);
  });

  it('tokens longer than 255 bytes, holes, and tokens without text', async () => {
    const long = 'long '.repeat(200);
    const json = {
      model: { type: 'WordLevel', vocab: { [long]: 9, short: 3, '<unk>': 0, '': 5 }, unk_token: '<unk>' },
    };
    const ours = await compiled(ofJson(json));
    expectSame(ours, tokenizerFromJson(json).tokenizer);
    expect([...ours.encode(long).ids]).toEqual([9]);
  });

  it.each(['unigram', 'bpe'])('SentencePiece, %s', async (name) => {
    const url = new URL(`../testing/fixtures/sentencepiece/${name}.model`, import.meta.url);
    const file = { name: `${name}.model`, bytes: new Uint8Array(readFileSync(url)) };
    const { tokenizer } = await tokenizerFromFiles([file]);
    expectSame(await compiled({ format: 'sentencepiece', files: [file] }), tokenizer);
  });

  it('vocab.json and merges.txt, with a description that they lack', async () => {
    const vocabulary = { name: 'vocab.json', bytes: encodeUtf8('{"a":0,"b":1,"ab":2,"<|end|>":3}') };
    const merges = { name: 'merges.txt', bytes: encodeUtf8('#version: 0.2\na b\n') };
    const source = { format: 'vocab.json, merges.txt', files: [vocabulary, merges] } as const;
    const { tokenizer } = await tokenizerFromFiles([vocabulary, merges]);
    expect([...tokenizer.encode('ab').ids]).toEqual([2]);
    expect([...(await compiled(source)).encode('ab').ids]).toEqual([2]);
    const cut = { pre_tokenizer: { type: 'Split', pattern: { String: 'a' }, behavior: 'Isolated' } };
    expect([...(await compiled({ ...source, description: cut })).encode('ab').ids]).toEqual([0, 1]);
    expect(() => compileVocabulary('pipeline', { ...source, files: [vocabulary] })).toThrow('name both');
  });

  it('vocab.txt, as BERT', async () => {
    const text = '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\nworld\n##s\n';
    const ours = await compiled({
      format: 'vocab.txt',
      files: [{ name: 'vocab.txt', bytes: encodeUtf8(text) }],
    });
    expect([...ours.encode('Hello, WORLDS').ids]).toEqual([5, 1, 6, 7]);
  });
});

describe('a compiled file that is damaged says so', () => {
  const whole = compileVocabulary('pipeline', ofJson({ model: { type: 'WordLevel', vocab: { a: 0 } } }));

  it.each([
    ['cut', whole.subarray(0, whole.length - 1)],
    ['without a head', whole.subarray(0, 11)],
    ['of another kind', whole.slice().fill(0, 0, 4)],
    ['with a long head', whole.slice().fill(255, 8, 11)],
  ])('%s', async (_, bytes) => {
    await expect(readCompiledPipeline('test', gzipSync(bytes))).rejects.toMatchObject({
      code: 'tokenizer-corrupt',
    });
  });
});

describe('what cannot be compiled says why', () => {
  const file = (name: string, text: string) => ({ name, bytes: encodeUtf8(text) });

  it.each([
    ['pipeline', 'tiktoken', file('x.tiktoken', 'YQ== 0\n'), 'of the kind bpe-ranks'],
    [
      'bpe-ranks',
      'tokenizer.json',
      file('t.json', '{"model":{"type":"WordLevel","vocab":{"a":0}}}'),
      'pipeline',
    ],
    [
      'bpe-ranks',
      'tokenizer.json',
      file('t.json', '{"model":{"type":"BPE","vocab":{"東":0},"merges":[]}}'),
      'byte-level',
    ],
    ['pipeline', 'vocab.txt', file('vocab.txt', 'a\nb\n'), '[UNK]'],
  ] as const)('%s of a %s', (kind, format, source, why) => {
    expect(() => compileVocabulary(kind, { format, files: [source] })).toThrow(why);
  });
});
