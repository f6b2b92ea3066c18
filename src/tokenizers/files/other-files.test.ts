import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
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

describe('files that are no tokenizer', () => {
  it.each([
    ['gzip', gzipSync(whole), 'packed with gzip'],
    ['zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'zip archive'],
    ['safetensors', safetensors(), 'weights (safetensors)'],
    ['GGUF', encodeUtf8('GGUF\u0003'), 'weights (GGUF)'],
    ['a sign-in page', encodeUtf8('\n<!DOCTYPE html>\n<html><title>Sign in</title>'), 'HTML page'],
    ['an XML file', encodeUtf8('<?xml version="1.0"?><a/>'), 'an XML file'],
    [
      'a pointer',
      encodeUtf8('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n'),
      'Git LFS pointer',
    ],
    ['prose', encodeUtf8('Once upon a time, there was.'), 'not a tokenizer file'],
    ['merges alone', encodeUtf8('#version: 0.2\na b\n'), 'only merges'],
    ['a vocabulary alone', encodeUtf8(vocab), 'only a vocabulary'],
    ['nothing', new Uint8Array(0), 'is empty'],
  ])('%s', async (_, bytes, part) => {
    const load = tokenizerFromFiles([file('x', bytes)]);
    await expect(load).rejects.toThrow(part);
    await expect(load).rejects.toMatchObject({ code: 'tokenizer-corrupt', hint: expect.stringMatching(/./) });
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
      file('tokenizer.json', whole),
    ]);
    expect([...tokenizer.encode('ab').ids]).toEqual([2]);
    expect(notes).toContain('tokenizer_config.json was not needed.');
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
