import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { readText } from './read-text';

const LIMIT = 1_000_000;

const file = (bytes: number[] | Uint8Array<ArrayBuffer>, name = 'a.txt') => ({
  name,
  content: new Blob([Uint8Array.from(bytes)]),
});

const read = async (bytes: number[] | Uint8Array<ArrayBuffer>) => {
  const { bytes: utf8, index, note } = await readText(file(bytes), LIMIT);
  return { text: decodeUtf8(utf8), codePoints: index.codePoints, note };
};

describe('readText', () => {
  it('reads UTF-8 and keeps its byte-order mark: that is text', async () => {
    expect(await read(encodeUtf8('\ufeffcafé'))).toEqual({ text: '\ufeffcafé', codePoints: 5, note: '' });
    expect(await read([])).toEqual({ text: '', codePoints: 0, note: '' });
  });

  it('reads UTF-16 of both byte orders by its mark', async () => {
    expect((await read([0xff, 0xfe, 0x22, 0x6f])).text).toBe('漢');
    expect(await read([0xfe, 0xff, 0x6f, 0x22])).toMatchObject({
      text: '漢',
      note: expect.stringContaining('UTF-16'),
    });
  });

  it('keeps NULs of a text that is one', async () => {
    expect((await read([0x61, 0, 0x62])).text).toBe('a\0b');
  });

  it('reads characters that stand across two pieces, and says how far it is', async () => {
    const text = `x${'漢'.repeat(2_000_000)}`;
    const seen: number[] = [];
    const { bytes, note } = await readText({ name: 'b.txt', content: new Blob([text]) }, 8_000_000, {
      onProgress: (loaded) => seen.push(loaded),
    });
    expect({ same: decodeUtf8(bytes) === text, note }).toEqual({ same: true, note: '' });
    expect(seen).toEqual([4 * 2 ** 20, 6_000_001]);
  });

  it('says where it could not read a file, or refuses it', async () => {
    expect(await read([0x63, 0xe9])).toMatchObject({
      text: 'c\ufffd',
      note: expect.stringMatching(/UTF-8/),
    });
    await expect(readText(file([0x89, 0x50, 0, 0xff], 'b.png'), LIMIT)).rejects.toMatchObject({
      code: 'not-text',
      message: 'b.png is not a text file.',
    });
    await expect(readText(file(new Uint8Array(LIMIT + 1)), LIMIT)).rejects.toMatchObject({
      code: 'text-too-large',
    });
  });

  it('refuses a file by its size before it reads it', async () => {
    const huge = { size: 1e12 } as Blob;
    await expect(readText({ name: 'huge.txt', content: huge }, LIMIT)).rejects.toMatchObject({
      code: 'text-too-large',
      message: 'This text is 1000000.0 MB; the page takes up to 1.00 MB.',
    });
  });

  it('stops at an abort', async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort() };
    const content = new Blob([new Uint8Array(6_000_000).fill(0x61)]);
    await expect(readText({ name: 'c.txt', content }, 8_000_000, options)).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
