import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { recogniseOther } from './file-kinds';
import { type TokenizerFile, tokenizerFromFiles } from './tokenizer-file';

const file = (name: string, content: string | Uint8Array): TokenizerFile => ({
  name,
  bytes: typeof content === 'string' ? encodeUtf8(content) : content,
});
const vocab = '{"a": 0, "b": 1, "ab": 2}';
const whole = `{"model": {"type": "BPE", "vocab": ${vocab}, "merges": ["a b"]}}`;

function utf16(text: string, big = false): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !big);
  return bytes;
}

function safetensors(): Uint8Array {
  const header = encodeUtf8('{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
  const bytes = new Uint8Array(8 + header.length + 4);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 8);
  return bytes;
}

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const tar = new Uint8Array(512);
tar.set(encodeUtf8('model/tokenizer.json'));
tar.set(encodeUtf8('ustar\u000000'), 257);

/** Beginnings of real files, with what each is and what to do. */
const KINDS: readonly (readonly [name: string, content: string | Uint8Array, what: string, hint: string])[] =
  [
    ['x.gz', gzipSync(whole), 'packed with gzip', 'Unpack it'],
    ['x.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'a zip archive', 'Unpack it'],
    ['x.tar', tar, 'a tar archive', 'Unpack it'],
    ['pytorch_model.bin', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'weights (PyTorch)', 'tokenizer.json'],
    ['old.pth', bytes('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.'), 'a Python pickle', 'tokenizer.json'],
    ['model.safetensors', safetensors(), 'weights (safetensors)', 'tokenizer.json'],
    ['ggml-model.bin', 'lmgg\u0001\0\0\0', 'the form before GGUF', 'tokenizer.json'],
    ['tf_model.h5', bytes('\x89HDF\r\n\x1a\n'), 'weights (HDF5)', 'tokenizer.json'],
    ['model.tflite', bytes('\x1c\0\0\0TFL3'), 'weights (TensorFlow Lite)', 'tokenizer.json'],
    ['model.onnx', bytes('\x08\x08\x12\x07pytorch\x1a\x052.1.0:'), 'a model (ONNX)', 'tokenizer.json'],
    ['tokenizer.json', '\n<!DOCTYPE html>\n<html><title>Sign in</title>', 'an HTML page', 'sign in'],
    ['feed.xml', '<?xml version="1.0"?><a/>', 'an XML file', 'a tokenizer file'],
    [
      'tokenizer.model',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 499723\n',
      'a Git LFS pointer',
      'git lfs pull',
    ],
    [
      'cl100k_base.json',
      '{"pat_str":"\\\\p{L}+","special_tokens":{"<|endoftext|>":100257},"bpe_ranks":"! 0 IQ== Ig==',
      "an encoding of OpenAI's JavaScript packages",
      '.tiktoken',
    ],
    [
      'vocab.txt',
      '<s>\n<pad>\n</s>\n<unk>\nthe\n',
      "a list of tokens without BERT's [UNK]",
      'tokenizer.json',
    ],
    [
      'm.vocab',
      '<unk>\t0\n<s>\t0\n</s>\t0\n,\t-3.59498\n▁the\t-3.60317\n',
      'the listing of a SentencePiece model',
      '.model',
    ],
    [
      'rwkv_vocab_v20230424.txt',
      "1 '\\x00' 1\n2 '\\x01' 1\n10 '\\t' 1\n128 '\\x7f' 1\n129 b'\\x80' 1\n257 '\\t\\t' 2\n300 \"'s\" 2\n",
      "RWKV's vocabulary",
      '.tiktoken',
    ],
    [
      'tokenizer_config.json',
      '{"model_max_length": 8192, "tokenizer_class": "QWenTokenizer", "auto_map": {"AutoTokenizer": ["tokenization_qwen.QWenTokenizer", null]}}',
      "a tokenizer's settings",
      'tokenizer.json',
    ],
    [
      'config.json',
      '{"architectures": ["EncoderDecoderModel"], "decoder": {"padding": 1, "model_type": "bert"}, "padding": 0, "model_type": "encoder-decoder"}',
      "a model's settings, without a vocabulary",
      'tokenizer.json',
    ],
    [
      'generation_config.json',
      '{"chat_format": "chatml", "eos_token_id": 151643, "pad_token_id": 151643, "do_sample": true, "top_k": 0, "transformers_version": "4.31.0"}',
      "a model's settings for writing texts",
      'tokenizer.json',
    ],
    [
      'special_tokens_map.json',
      '{"bos_token": "<s>", "unk_token": {"content": "<unk>", "lstrip": false}, "additional_special_tokens": []}',
      'the names of a few special tokens',
      'tokenizer.json',
    ],
    [
      'added_tokens.json',
      JSON.stringify(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`<extra_${i}>`, 151643 + i]))),
      'the tokens that were added',
      'tokenizer.json',
    ],
    [
      'preprocessor_config.json',
      '{"image_processor_type": "CLIPImageProcessor"}',
      "a model's preprocessor",
      '',
    ],
    [
      'model.safetensors.index.json',
      '{"metadata": {"total_size": 9731786240}, "weight_map": {"lm_head.weight": "model-00005-of-00005.safetensors"}}',
      "the index of a model's weights",
      'tokenizer.json',
    ],
    ['prose.txt', 'Once upon a time, there was.', 'not a tokenizer file', 'Supported are'],
    ['merges.txt', '#version: 0.2\na b\n', 'only merges', 'vocab.json'],
    ['vocab.json', vocab, 'only a vocabulary', 'merges.txt'],
  ];

describe('files that are no tokenizer', () => {
  it.each(KINDS)('%s: %#', async (name, content, what, hint) => {
    const load = tokenizerFromFiles([file(name, content)]);
    await expect(load).rejects.toThrow(`This is not usable: ${name} `);
    await expect(load).rejects.toThrow(what);
    await expect(load).rejects.toMatchObject({
      code: 'tokenizer-unsupported',
      hint: expect.stringContaining(hint),
    });
  });

  it('names an empty one', async () => {
    const load = tokenizerFromFiles([file('x.json', '')]);
    await expect(load).rejects.toMatchObject({ code: 'tokenizer-corrupt', message: 'x.json is empty.' });
  });

  it.each([
    ['notes.md', '# vocab\n\nOnce upon a time'],
    ['package.json', '{"name": "tokenoscope", "model": "karhunen", "size": 4}'],
    ['numbers.json', '{"width": 1, "height": 2}'],
    ['table.tsv', 'word\tcount\nthe\t1200\n'],
    ['list.txt', '1 apple 2\n2 pears 3\n3 plums 4\n'],
    ['chat.json', '{"messages": [{"text": "a \\"model_type\\": b"}]}'],
    ['latin.bin', bytes('caf\xe9 au lait')],
    ['empty', ''],
  ])('passes over %s', (name, content) => {
    expect(recogniseOther(file(name, content).bytes, name)).toBeUndefined();
  });
});

describe('encodings of text files', () => {
  it.each([
    ['UTF-8 with a byte-order mark', encodeUtf8(`\ufeff${whole}`)],
    ['UTF-16, little-endian', utf16(`\ufeff${whole}`)],
    ['UTF-16, big-endian', utf16(`\ufeff${whole}`, true)],
    ['UTF-16 without a byte-order mark', utf16(whole)],
  ])('%s is read', async (_, bytes) => {
    const { tokenizer } = await tokenizerFromFiles([file('tokenizer.json', bytes)]);
    expect([...tokenizer.encode('abab').ids]).toEqual([2, 2]);
  });

  it('says that a file breaks off within a character', async () => {
    const bytes = encodeUtf8('{"model": {"vocab": {"é').subarray(0, -1);
    const load = tokenizerFromFiles([file('tokenizer.json', bytes)]);
    await expect(load).rejects.toThrow('it breaks off within a character (line 1');
  });

  it('names the byte that is no UTF-8', async () => {
    const bytes = encodeUtf8(whole);
    bytes[40] = 0xff;
    await expect(tokenizerFromFiles([file('tokenizer.json', bytes)])).rejects.toThrow(
      'it is not UTF-8 text (line 1',
    );
  });
});

describe('two files', () => {
  it('passes over files that lie beside a tokenizer', async () => {
    const { tokenizer, notes } = await tokenizerFromFiles([
      file('tokenizer_config.json', '{"tokenizer_class": "GPT2Tokenizer"}'),
      file('config.json', '{"model_type": "gpt2"}'),
      file('tokenizer.json', whole),
    ]);
    expect([...tokenizer.encode('ab').ids]).toEqual([2]);
    expect(notes).toContain('config.json was not needed.');
  });

  it.each([
    [
      'a line without a space',
      'a b\nab\n',
      '"ab" is not two tokens with a space between (line 2, column 1, byte 4)',
    ],
    ['a line of three', '#version: 0.2\n\na b a\n', 'line 3'],
    ['an unknown token', 'a b\nab x\n', 'the merge "ab x" names "x", which is not in the vocabulary (line 2'],
    ['an unknown union', 'b a\n', '"b" and "a" would become a token'],
    ['a picture', '\u0089PNG', 'is not two tokens'],
    ['a vocabulary twice', vocab, 'not a list of merges'],
  ])('names what is wrong with %s', async (_, merges, part) => {
    await expect(tokenizerFromFiles([file('vocab.json', vocab), file('merges.txt', merges)])).rejects.toThrow(
      part,
    );
  });

  it('names what is wrong with the vocabulary', async () => {
    const merges = file('merges.txt', 'a b\n');
    for (const [content, part] of [
      [whole, 'tokenizer.json is not a vocabulary'],
      ['{"a": 0, "b": 0}', '"b" has the id 0, which "a" has too'],
      ['{"a": 0, "b": }', 'a number is expected here'],
      ['{"a": 0, "b": 1} x', 'the end of the file is expected'],
    ] as const) {
      await expect(tokenizerFromFiles([file('tokenizer.json', content), merges])).rejects.toThrow(part);
    }
  });
});
