import { describe, expect, it } from 'vitest';
import { readTextFile } from './files';

const file = (bytes: number[] | Uint8Array<ArrayBuffer>, name = 'a.txt') =>
  new File([Uint8Array.from(bytes)], name);

describe('readTextFile', () => {
  it('reads UTF-8 and keeps its byte-order mark: that is text', async () => {
    const bytes = new TextEncoder().encode('\ufeffcafé');
    expect(await readTextFile(file(bytes))).toEqual({ text: '\ufeffcafé', note: '' });
    expect(await readTextFile(file([]))).toEqual({ text: '', note: '' });
  });

  it('reads UTF-16 of both byte orders by its mark', async () => {
    expect((await readTextFile(file([0xff, 0xfe, 0x22, 0x6f]))).text).toBe('漢');
    expect(await readTextFile(file([0xfe, 0xff, 0x6f, 0x22]))).toMatchObject({
      text: '漢',
      note: expect.stringContaining('UTF-16'),
    });
  });

  it('keeps NULs of a text that is one', async () => {
    expect((await readTextFile(file([0x61, 0, 0x62]))).text).toBe('a\0b');
  });

  it('says where it could not read a file, or refuses it', async () => {
    expect(await readTextFile(file([0x63, 0xe9]))).toMatchObject({
      text: 'c\ufffd',
      note: expect.stringMatching(/UTF-8/),
    });
    await expect(readTextFile(file([0x89, 0x50, 0, 0xff], 'b.png'))).rejects.toMatchObject({
      code: 'not-text',
    });
    await expect(readTextFile(file(new Uint8Array(17_000_000)))).rejects.toMatchObject({
      code: 'text-too-large',
    });
  });
});
