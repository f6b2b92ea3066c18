import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isExperimentFile, readExperimentFile, writeExperimentFile } from './experiment-file';

const part = { head: { z: ['gpt2'] }, blob: new Uint8Array(randomBytes(3_000_000)) };
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('an experiment file', () => {
  it('holds what no link can, and opens to the same', async () => {
    const file = await writeExperimentFile('text', part);
    expect(isExperimentFile(await bytesOf(file.slice(0, 32)))).toBe(true);
    const { lab, parts, problems } = await readExperimentFile(file);
    expect([lab, problems]).toEqual(['text', []]);
    expect(parts['text']!.head).toEqual(part.head);
    expect(Buffer.compare(parts['text']!.blob, part.blob)).toBe(0);
  });

  it('is refused where it was cut or changed, wherever that is', async () => {
    const file = await writeExperimentFile('text', { ...part, blob: part.blob.subarray(0, 500) });
    const bytes = await bytesOf(file);
    for (let at = 0; at < bytes.length; at += 31) {
      const changed = bytes.slice();
      changed[at]! ^= 0x10;
      await expect(readExperimentFile(new Blob([changed]))).rejects.toMatchObject({
        code: expect.stringMatching(/^link-(malformed|version)$/),
      });
      await expect(readExperimentFile(file.slice(0, at))).rejects.toMatchObject({ code: 'link-malformed' });
    }
  });

  it('of a newer version says so', async () => {
    await expect(readExperimentFile(new Blob(['tokenoscope experiment 3\n....']))).rejects.toMatchObject({
      code: 'link-version',
    });
  });

  it('that unpacks to more than there can be is refused before it is unpacked', async () => {
    const packed = deflateRawSync(Buffer.alloc(90_000_000), { level: 1 });
    await expect(
      readExperimentFile(new Blob(['tokenoscope experiment 2\n', new Uint8Array(4), packed])),
    ).rejects.toMatchObject({ code: 'link-too-large' });
  });

  it('is told from other files', () => {
    for (const text of ['', 'tokenoscope', '{"a": 1}', ' tokenoscope experiment 2\n']) {
      expect(isExperimentFile(new TextEncoder().encode(text))).toBe(false);
    }
  });
});
