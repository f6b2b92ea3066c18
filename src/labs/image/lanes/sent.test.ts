import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageExperiment, LaneExperiment } from '../experiment';
import type { Known } from '../known';
import { linkFormat, readImagePart } from '../link-format';

const known: Known = {
  models: [
    { id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } },
    { id: 'toy', hash: '12345678', tokens: { count: 16, codebookSize: 1000 } },
  ],
  samples: ['cat'],
};

const open = (head: object, blob: Uint8Array) => {
  const problems: string[] = [];
  const part = { version: 2, head: JSON.parse(JSON.stringify(head)), blob: Uint8Array.from(blob) };
  return { image: readImagePart(part, problems, known), problems };
};

const lead: LaneExperiment = { model: 'toy', modelHash: '12345678', row: 0 };
const row = { ids: Uint32Array.from({ length: 16 }, (_, i) => i), bits: 10 };

/** A picture from disk beside codecs with these files. */
function experiment(lanes: readonly LaneExperiment[], more: Partial<ImageExperiment> = {}): ImageExperiment {
  return {
    lanes: [lead, ...lanes],
    k: 9,
    view: 'side',
    source: { kind: 'tokens', rows: [row] },
    ...more,
  };
}

const jpeg = (file?: Uint8Array<ArrayBuffer>): LaneExperiment => ({
  model: 'codec:jpeg',
  modelHash: '',
  ...(file ? { file } : {}),
});

describe('codecs’ files in a link', () => {
  it('come back byte for byte, beside figures, whatever the tokens', () => {
    const file = fc
      .uint8Array({ minLength: 1, maxLength: 2048 })
      .map((bytes) => Uint8Array.from(bytes) as Uint8Array<ArrayBuffer>);
    const figures = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.array(fc.option(file), { maxLength: 7 }),
        figures,
        fc.constantFrom(undefined, 'bytes' as const, 'quality' as const),
        fc.constantFrom(10, 16),
        (files, values, linked, bits) => {
          const lanes = [lead, ...files.map((bytes) => jpeg(bytes ?? undefined))].map((lane, i) =>
            // A link is JSON, which has no -0.
            values[i] === null ? lane : { ...lane, figure: values[i]! + 0 },
          );
          const image: ImageExperiment = {
            ...experiment([]),
            lanes,
            ...(lanes.length > 1 && linked ? { linked } : {}),
            ...(lanes.some(({ figure }) => figure !== undefined) ? { metricOfFigures: 'ssim' } : {}),
            source: { kind: 'tokens', rows: [{ ...row, bits }] },
          };
          const { head, blob } = linkFormat.write(image);
          expect(open(head, blob)).toEqual({ image, problems: [] });
        },
      ),
    );
  });

  it('whose sizes lie are left out, and the picture stays', () => {
    const { head, blob } = linkFormat.write(experiment([jpeg(new Uint8Array(100).fill(7))]));
    const problem = 'The codecs’ files of this link were left out: they are incomplete.';
    for (const sizes of [
      [0, 99],
      [0, 101],
      [0, 2048],
      [100, 100],
      [0, 0, 0, 1],
    ]) {
      const { image, problems } = open({ ...head, z: { c: sizes } }, blob);
      expect(problems).toEqual([problem]);
      expect(image.source).toMatchObject({ kind: 'tokens', rows: [row] });
      expect(image.lanes[1]).toEqual(jpeg());
    }
    expect(open(head, blob.subarray(0, blob.length - 1)).problems).toEqual([problem]);
    expect(open(head, blob.subarray(0, 3)).problems[0]).toBe(
      'The link’s picture was left out: its tokens are incomplete.'.replace('’', "'"),
    );
  });

  it('that no lane of a codec has are not taken for anything else', () => {
    const bytes = new Uint8Array(5).fill(7);
    const { head, blob } = linkFormat.write(experiment([jpeg(bytes)]));
    const { image, problems } = open({ ...head, m: ['toy', 'karhunen-128'], t: [0, -1] }, blob);
    expect(problems).toEqual([]);
    expect(image.lanes[1]).not.toHaveProperty('file');
  });

  it('and figures of any other shape are refused as a whole', () => {
    const { head, blob } = linkFormat.write(experiment([]));
    for (const z of [
      7,
      null,
      [],
      { c: -1 },
      { c: [-1] },
      { c: [1e9] },
      { c: Array(99).fill(1) },
      { g: ['x'], m: 'psnr' },
      { m: '' },
    ]) {
      const { image, problems } = open({ ...head, z }, blob);
      expect(image.source).toMatchObject({ kind: 'tokens' });
      expect(image).not.toHaveProperty('metricOfFigures');
      if (!Array.isArray(z)) expect(problems.length, JSON.stringify(z)).toBeLessThanOrEqual(1);
    }
    const { image } = open({ ...head, z: { m: 'made-up', g: [1, 2] } }, blob);
    expect(image).toEqual(experiment([]));
  });
});

describe('a codec in a link', () => {
  it('never leads, and never draws tokens', () => {
    const head = { m: ['codec:jpeg', 'toy'], n: 16, b: 10, t: [0, 0], k: 3 };
    const { blob } = linkFormat.write(experiment([]));
    const { image, problems } = open(head, blob);
    expect(problems).toEqual([]);
    expect(image.lanes).toEqual([{ ...lead }, jpeg()]);
    expect(image.k).toBe(3);
  });

  it('alone is nothing to show', () => {
    const { image, problems } = open({ m: 'codec:jpeg', s: 'cat' }, new Uint8Array(0));
    expect(image.lanes).toMatchObject([{ model: 'karhunen-128' }]);
    expect(problems).toEqual([
      'This link names a codec, "codec:jpeg", and no model. Its picture was left out.',
    ]);
  });
});

describe('what lanes have in common', () => {
  it('is the number of tokens where a link does not say, as in those made before there was a choice', () => {
    const { image } = open({ m: ['toy', 'karhunen-128'], s: 'cat', k: 3 }, new Uint8Array(0));
    expect(image).not.toHaveProperty('linked');
  });

  it('is read from its letter, and from no other', () => {
    const of = (l: unknown) => open({ m: ['toy', 'karhunen-128'], s: 'cat', k: 3, l }, new Uint8Array(0));
    expect([of('b').image.linked, of('q').image.linked]).toEqual(['bytes', 'quality']);
    expect(of('x').problems).toHaveLength(1);
    expect(of('x').image).not.toHaveProperty('linked');
  });
});
