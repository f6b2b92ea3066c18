import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { tokenizerFromFiles } from './tokenizer-file';

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
/** A field that holds bytes: a text, or a message. */
const field = (number: number, body: number[]) => [
  ...varint(number * 8 + 2),
  ...varint(body.length),
  ...body,
];
const number = (id: number, value: number) => [...varint(id * 8), ...varint(value)];
const text = (value: string) => [...encodeUtf8(value)];
const piece = (token: string, type = 1) => field(1, [...field(1, text(token)), ...number(3, type)]);
const pieces = [...piece('<unk>', 2), ...piece('a'), ...piece('b')];

describe('a SentencePiece model that is not usable', () => {
  it.each([
    ['cut within a piece', pieces.slice(0, -3), 'it breaks off: 5 bytes should follow, 2 do (byte'],
    [
      'a length beyond the end',
      [...pieces, 0x12, 0xff, 0x01],
      'it breaks off: 255 bytes should follow, 0 do',
    ],
    [
      'a length within beyond the piece',
      field(1, [0x0a, 9, 0x61]),
      'it breaks off: 9 bytes should follow, 1 do',
    ],
    [
      'a number without an end',
      [...pieces, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
      'goes on',
    ],
    ['a field of no known type', [...pieces, 0x0b], 'no field can have the type 3'],
    ['no pieces', field(2, number(3, 1)), 'it has no pieces'],
    ['a model of no known type', [...pieces, ...field(2, number(3, 9))], 'the unknown type 9'],
    ['a piece twice', [...pieces, ...piece('a')], '"a" appears twice, with the id 1 and with the id 3'],
    ['a piece that is no text', [...pieces, ...field(1, field(1, [0xff]))], 'a piece is not UTF-8'],
    ['an empty piece', [...pieces, ...piece('')], 'a piece is empty'],
    ['two unknown pieces', [...pieces, ...piece('c', 2)], 'it has two unknown pieces'],
    ['no unknown piece', piece('a'), 'it has no unknown piece'],
    ['a byte piece without byte fallback', [...pieces, ...piece('<0x41>', 6)], 'byte_fallback is off'],
    ['too few byte pieces', [...pieces, ...field(2, number(35, 1))], 'needs 256 byte pieces, and it has 0'],
    ['a piece with U+0000', [...pieces, ...piece('a\0b')], 'holds the character U+0000'],
    [
      'rubbish for a character map',
      [...pieces, ...field(3, field(2, [255, 255, 255, 255, 1]))],
      'precompiled_charsmap',
    ],
  ])('%s', async (_, bytes, part) => {
    const load = tokenizerFromFiles([{ name: 'x.model', bytes: Uint8Array.from(bytes) }]);
    await expect(load).rejects.toThrow(part);
    await expect(load).rejects.toMatchObject({ code: 'tokenizer-corrupt' });
  });

  it('at whichever byte it was cut', async () => {
    const whole = Uint8Array.from([...pieces, ...field(2, number(3, 1)), ...field(3, number(3, 1))]);
    const ends: string[] = [];
    for (let length = 1; length < whole.length; length++) {
      const load = tokenizerFromFiles([{ name: 'x.model', bytes: whole.subarray(0, length) }]);
      // If a whole last field is missing, the rest is still a model: the format does not state its length.
      ends.push(
        await load.then(
          () => 'loads',
          (error) => error.code,
        ),
      );
    }
    expect(new Set(ends)).toEqual(new Set(['tokenizer-corrupt', 'loads']));
    expect(ends.filter((end) => end === 'loads').length).toBeLessThan(6);
  });

  it('reads characters, where the model has no merges', async () => {
    const bytes = Uint8Array.from([...pieces, ...piece('▁'), ...field(2, number(3, 4))]);
    const { tokenizer } = await tokenizerFromFiles([{ name: 'x.model', bytes }]);
    expect([...tokenizer.encode('ab ba').ids]).toEqual([3, 1, 2, 3, 2, 1]);
  });
});

describe('a .tiktoken file that is not usable', () => {
  const lines = Array.from({ length: 256 }, (_, byte) => `${btoa(String.fromCharCode(byte))} ${byte}`);
  it.each([
    ['no base64', [...lines, 'Y?E= 256'], 'a line has no valid base64 (line 257, column 1'],
    ['base64 of no whole bytes', [...lines, 'YWE 256'], 'a line has no valid base64 (line 257'],
    ['no rank', [...lines, 'YWE='], 'a line is not "base64 rank" (line 257'],
    ['a rank that is no number', [...lines, 'YWE= x'], 'a line is not "base64 rank" (line 257'],
    ['a rank twice', [...lines, 'YWE= 255'], '"aa" has the id 255, which "�" has too (line 257'],
    [
      'a token twice',
      [...lines, 'YQ== 256'],
      '"a" appears twice, with the id 97 and with the id 256 (line 257',
    ],
    [
      'a rank far beyond the others',
      [...lines, 'YWE= 2000000000'],
      'has the id 2000000000, which is far beyond',
    ],
    ['an enormous rank', [...lines, 'YWE= 99999999999999999999'], 'not a whole number from 0 to 2147483647'],
    ['an endless token', [...lines, `${'YWFh'.repeat(21_846)} 256`], 'longer than 65,535 bytes (line 257'],
  ])('%s', async (_, content, part) => {
    const load = tokenizerFromFiles([{ name: 'x.tiktoken', bytes: encodeUtf8(`${content.join('\n')}\n`) }]);
    await expect(load).rejects.toThrow(part);
    await expect(load).rejects.toMatchObject({ code: 'tokenizer-corrupt' });
  });
});
