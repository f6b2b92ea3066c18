import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbImage } from '../../../core/image/pixels';
import { createNodeRuntime } from '../../ort/node';
import readings from './fixtures/readings.json';
import { decodeScores, openReader, type Reader, type ReaderFiles } from './reader';
import { CHARACTERS, DETECTOR, RECOGNIZER } from './reader-files';
import { readReaderFiles } from './reader-folder';

let files: ReaderFiles;
let reader: Reader;

beforeAll(async () => {
  files = (await readReaderFiles())!;
  reader = await openReader(files, createNodeRuntime());
});

async function open(file: string, size?: number): Promise<RgbImage> {
  const { data, info } = await sharp(file)
    .resize(size)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Intersection over union of the upright boxes around two rectangles. */
function overlap(a: readonly Point[], b: readonly Point[]): number {
  const span = (list: readonly Point[], axis: 'x' | 'y') => {
    const values = list.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)] as const;
  };
  const area = (list: readonly Point[]) =>
    (['x', 'y'] as const).reduce((product, axis) => product * (span(list, axis)[1] - span(list, axis)[0]), 1);
  const both = (['x', 'y'] as const).reduce((product, axis) => {
    const [from, to] = [span(a, axis), span(b, axis)];
    return product * Math.max(0, Math.min(from[1], to[1]) - Math.max(from[0], to[0]));
  }, 1);
  return both / (area(a) + area(b) - both);
}

/** The models place spaces by chance. */
const solid = (text: string) => text.replaceAll(/\s/g, '');

describe.each(Object.entries(readings))('%s.png', (name, expected) => {
  it('is read as RapidOCR reads it, at the same places', async () => {
    const { lines } = await reader.read(await open(`src/engine/image/ocr/fixtures/${name}.png`));
    expect(lines.map(({ text }) => solid(text))).toEqual(expected.map(({ text }) => solid(text)));
    for (const [i, { corners }] of lines.entries()) {
      const theirs = expected[i]!.corners.map(([x, y]) => ({ x: x!, y: y! }));
      // Pictures are enlarged less here than there, and margins grow with the size.
      expect(overlap(corners, theirs)).toBeGreaterThan(0.5);
    }
  });
});

it('finds nothing in a picture without writing, or of one colour', async () => {
  const cat = await reader.read(await open('public/samples/cat.webp', 128));
  expect(cat).toEqual({ text: '', lines: [] });
  const data = new Uint8Array(64 * 64 * 3).fill(90);
  expect(await reader.read({ width: 64, height: 64, data })).toEqual({ text: '', lines: [] });
  expect((await reader.read({ width: 1, height: 1, data: data.slice(0, 3) })).text).toBe('');
});

it('knows the files by their content', () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  for (const [file, bytes] of [
    [DETECTOR, files.detector],
    [RECOGNIZER, files.recognizer],
    [CHARACTERS, files.characters],
  ] as const) {
    expect({ bytes: bytes.length, sha256: sha256(bytes) }).toEqual({
      bytes: file.bytes,
      sha256: file.sha256,
    });
  }
});

it('drops gaps and repetitions, and keeps what is repeated after a gap', () => {
  const characters = ['', 'a', 'b'];
  const steps = [0, 1, 1, 0, 1, 2, 2, 0];
  const scores = Float32Array.from(
    steps.flatMap((best) => characters.map((_, i) => (i === best ? 0.8 : 0.1))),
  );
  expect(decodeScores(scores, characters)).toEqual({ text: 'aab', confidence: expect.closeTo(0.8, 5) });
  expect(decodeScores(new Float32Array(0), characters)).toEqual({ text: '', confidence: 0 });
});
