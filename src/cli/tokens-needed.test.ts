import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadImageModel } from '../package/image.node';
import type { ImageModel } from '../package/image-types';
import { runMain } from './testing/run-main';

const MODEL = 'karhunen-64';
const TARGET = 21;
let folder: string;
let csv: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenoscope-need-'));
  csv = join(await mkdtemp(join(tmpdir(), 'tokenoscope-csv-')), 'need.csv');
  await mkdir(join(folder, 'more'));
  for (const [from, to] of [
    ['cat', 'b10.png'],
    ['dunes', 'b2.png'],
    ['test-chart', 'more/a.png'],
  ]) {
    await sharp(`public/samples/${from}.webp`)
      .resize(64, 64, { fit: 'cover' })
      .png()
      .toFile(join(folder, to!));
  }
  const png = await readFile(join(folder, 'b2.png'));
  await writeFile(join(folder, 'cut.png'), png.subarray(0, 30));
  await writeFile(join(folder, 'empty.jpg'), '');
  await writeFile(join(folder, 'notes.txt'), 'no picture');
  await writeFile(join(folder, '.hidden'), 'never looked at');
});

const run = (...more: string[]) =>
  runMain([
    'tokens-needed',
    '--model',
    MODEL,
    '--measure',
    'psnr',
    '--target',
    String(TARGET),
    ...more,
    folder,
  ]);

/** A CSV without quotes as objects, below its head. */
function read(text: string): Record<string, string>[] {
  const lines = text.split('\r\n').filter((line) => line && !line.startsWith('#'));
  const names = lines[0]!.split(',');
  return lines
    .slice(1)
    .map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])));
}

/** The curve by its definition, from the very pixels: the model's pictures are 64 x 64, so nothing is resampled. */
async function psnrs(model: ImageModel, file: string): Promise<number[]> {
  const data = await sharp(join(folder, file)).removeAlpha().raw().toBuffer();
  const ids = await model.encode({ width: 64, height: 64, data: new Uint8Array(data) });
  const curve: number[] = [];
  for (let k = 1; k <= ids.length; k++) {
    const drawn = await model.decode(ids, k);
    const squares = drawn.data.reduce((sum, value, i) => sum + (value - data[i]!) ** 2, 0);
    curve.push(10 * Math.log10(255 ** 2 / (squares / data.length)));
  }
  return curve;
}

describe('tokens-needed', () => {
  it('finds the smallest number of tokens of every picture, and lists broken files with their reason', async () => {
    const { code, out, err } = await run('--exact', '--csv', csv);
    expect({ code, lines: err.split('\n').filter((line) => line.startsWith('Left out')).length }).toEqual({
      code: 0,
      lines: 3,
    });
    const text = await readFile(csv, 'utf8');
    const rows = read(text);
    expect(rows.map(({ picture }) => picture)).toEqual([
      'b2.png',
      'b10.png',
      'more/a.png',
      'cut.png',
      'empty.jpg',
      'notes.txt',
    ]);
    const model = await loadImageModel(MODEL);
    for (const row of rows.slice(0, 3)) {
      const curve = await psnrs(model, row['picture']!);
      const first = curve.findIndex((quality) => quality >= TARGET) + 1;
      expect(row['tokens_needed'], row['picture']).toBe(first === 0 ? '' : String(first));
      expect(row['bytes_needed']).toBe(first === 0 ? '' : String(2 * first));
      expect(Number(row['psnr_there'])).toBeCloseTo(curve[(first || curve.length) - 1]!, 5);
      expect(Number(row['psnr_at_16'])).toBeCloseTo(curve[15]!, 5);
      expect(row['method']).toBe('scan');
    }
    expect(new Set(rows.slice(0, 3).map((row) => row['tokens_needed'])).size).toBe(3);
    expect(text).toMatch(/notes\.txt.*is text/);
    expect(text).toMatch(/empty\.jpg.*is empty/);
    expect(text).toMatch(/^# question: .*PSNR of at least 21 dB\r$/m);
    expect(text).toMatch(/^# model: karhunen-64, hash [0-9a-f]{8}, 64 x 64, 128 tokens of 16 bits, on onnx/m);
    expect(text).toMatch(/3 measured, 3 left out as broken, 0 not reached of 6 files/);
    expect(out).toContain('karhunen-64: ');
    // The first line says where the table begins.
    const header = Number(/header is line (\d+)/.exec(text)![1]);
    expect(text.split('\r\n')[header - 1]).toMatch(/^picture,/);
  });

  it('finds the same by bisection, and counts how codes are used', async () => {
    const exact = read(await readFile(csv, 'utf8'));
    const codes = `${csv}.codes`;
    expect((await run('--csv', csv, '--codes', codes)).code).toBe(0);
    const quick = read(await readFile(csv, 'utf8'));
    expect(quick.map((row) => row['tokens_needed'])).toEqual(exact.map((row) => row['tokens_needed']));
    expect(quick[0]!['method']).toBe('bisection');
    const positions = read(await readFile(codes, 'utf8'));
    expect(positions).toHaveLength(128);
    expect(positions[0]).toMatchObject({ model: MODEL, pictures: '3', position: '1', bits_spent: '16' });
    expect(Number(positions[0]!['entropy_bits'])).toBeLessThanOrEqual(Math.log2(3) + 1e-4);
  });

  it.each([
    [['--measure', 'psnr', '--target', '20'], 'Name a model with --model.'],
    [['--model', MODEL, '--target', '20'], 'Name a measure with --measure: psnr, ssim'],
    [['--model', MODEL, '--measure', 'psnr'], 'Name the quality to reach'],
    [['--model', MODEL, '--measure', 'lpips', '--target', '1'], 'not "lpips"'],
    [['--model', MODEL, '--measure', 'psnr', '--target', 'high'], 'takes a number, not "high"'],
    [['--model', 'nope', '--measure', 'psnr', '--target', '20'], 'There is no model "nope"'],
    [['--model', MODEL, '--measure', 'tokenoscope-distance', '--target', '1'], 'Distance compares 128 x 128'],
  ])('exits with 2 for %j', async (argv, message) => {
    const { code, err } = await runMain(['tokens-needed', ...argv, folder]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it('says that a folder is missing or holds no picture', async () => {
    const argv = ['tokens-needed', '--model', MODEL, '--measure', 'psnr', '--target', '20'];
    expect((await runMain([...argv, '/no/such/folder'])).err).toContain('not a folder that can be read');
    const none = await mkdtemp(join(tmpdir(), 'tokenoscope-none-'));
    expect((await runMain([...argv, none])).err).toContain('holds no picture that can be read');
  });
});
