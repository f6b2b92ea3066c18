import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../core/link/envelope';
import type { ImageExperiment } from './experiment';
import type { Known } from './known';
import { linkFormat, readImagePart } from './link-format';

const known: Known = {
  models: [
    { id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } },
    { id: 'ladder-128', hash: '1adde400', tokens: { count: 256, codebookSize: 65_536 } },
    { id: 'toy', hash: '12345678', tokens: { count: 16, codebookSize: 1000 } },
  ],
  samples: ['lighthouse', 'cat'],
};

function open(head: Readonly<Record<string, unknown>>, blob = new Uint8Array(0)) {
  const problems: string[] = [];
  return { image: readImagePart({ version: 2, head, blob }, problems, known), problems };
}

function roundTrip(image: ImageExperiment) {
  const { head, blob } = linkFormat.write(image);
  // As it travels: JSON.
  return open(JSON.parse(JSON.stringify(head)), Uint8Array.from(blob));
}

/** Any experiment of models that are known. */
const experiments = fc
  .record({
    picks: fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }),
    rows: fc.array(
      fc.record({ long: fc.boolean(), bits: fc.integer({ min: 10, max: 24 }), seed: fc.nat(900) }),
      { minLength: 1, maxLength: 3 },
    ),
    whose: fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
    sample: fc.option(fc.constantFrom('lighthouse', 'cat')),
    isTokens: fc.boolean(),
    k: fc.integer({ min: 1, max: 16 }),
    view: fc.constantFrom(
      'side' as const,
      'wipe' as const,
      'difference' as const,
      'blink' as const,
      'heat' as const,
    ),
    compared: fc.record(
      { pair: fc.tuple(fc.nat(1), fc.nat(1)), metric: fc.constantFrom('ssim', 'tokenoscope-distance') },
      { requiredKeys: [] },
    ),
  })
  .map(({ picks, rows, whose, sample, isTokens, k, view, compared }): ImageExperiment => {
    const lanes = picks.map((pick) => ({
      model: known.models[pick]!.id,
      modelHash: known.models[pick]!.hash,
    }));
    if (!isTokens)
      return { lanes, k, view, ...compared, source: sample === null ? null : { kind: 'sample', id: sample } };
    // Every row is drawn by some lane, and the lead has one; rows are in the order in which they are first named.
    const named: number[] = [];
    const owned = lanes.map((lane, i) => {
      const row = i === 0 ? 0 : whose[i]! % (rows.length + 1);
      if (row === rows.length) return lane;
      if (!named.includes(row)) named.push(row);
      return { ...lane, row: named.indexOf(row) };
    });
    const packed = named.map((row) => {
      const { bits, seed } = rows[row]!;
      return { ids: Uint32Array.from({ length: 16 }, (_, i) => (seed + i) % 1000), bits };
    });
    return { lanes: owned, k, view, ...compared, source: { kind: 'tokens', rows: packed } };
  });

describe('a link of format 2', () => {
  it('holds every lane, and every row of tokens', () => {
    fc.assert(
      fc.property(experiments, (image) => {
        expect(roundTrip(image)).toEqual({ image, problems: [] });
      }),
    );
  });

  it('is as short for one lane as version 1 was', () => {
    const ids = Uint32Array.from({ length: 256 }, (_, i) => i * 251);
    const one = linkFormat.write({
      lanes: [{ model: 'karhunen-128', modelHash: '0badcafe', row: 0 }],
      k: 256,
      view: 'side',
      source: { kind: 'tokens', rows: [{ ids, bits: 16 }] },
    });
    expect(one.head).toEqual({ m: 'karhunen-128', h: '0badcafe' });
    expect(one.blob).toHaveLength(512);
  });

  it('shares a row between models that make the same tokens', () => {
    const ids = Uint32Array.from({ length: 256 }, (_, i) => i);
    const lane = (model: string) => ({ model, modelHash: '', row: 0 });
    const write = (...models: string[]) =>
      encodeLink(
        'image',
        linkFormat.write({
          lanes: models.map(lane),
          k: 9,
          view: 'side',
          source: { kind: 'tokens', rows: [{ ids, bits: 16 }] },
        }),
      )!.length;
    expect(write('karhunen-128', 'ladder-128') - write('karhunen-128')).toBeLessThan(30);
  });

  it('names what is not here and opens the rest', () => {
    const { image, problems } = open({ m: ['karhunen-128', 'flextok', 'toy'], s: 'cat' });
    expect(image).toMatchObject({
      lanes: [{ model: 'karhunen-128' }, { model: 'toy' }],
      source: { kind: 'sample', id: 'cat' },
    });
    expect(problems).toEqual(['This link uses the image model "flextok", which is not here.']);
    expect(open({ m: ['flextok', 'toy'] }).image.lanes).toMatchObject([{ model: 'toy' }]);
  });

  it('opens the first eight of more lanes, and says so', () => {
    const { image, problems } = open({ m: Array(40).fill('toy') });
    expect(image.lanes).toHaveLength(16);
    expect(problems).toEqual(['This link shows 40 models side by side; the first 16 are opened.']);
  });

  it('leaves out the tokens of a lane that cannot draw them, and keeps the others', () => {
    const { image, problems } = open(
      { m: ['karhunen-128', 'toy'], n: [2, 2], b: [16, 16], t: [0, 1] },
      Uint8Array.of(0, 1, 0, 2, 255, 255, 0, 0),
    );
    expect(image.lanes).toEqual([
      { model: 'karhunen-128', modelHash: '0badcafe', row: 0 },
      { model: 'toy', modelHash: '12345678' },
    ]);
    expect(image.source).toEqual({ kind: 'tokens', rows: [{ ids: Uint32Array.of(1, 2), bits: 16 }] });
    expect(problems).toEqual([
      'Some of the link\'s tokens were left out: token id 65535 is not in the codebook of "toy" (1000 entries).',
    ]);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['fewer widths than rows', { n: [2, 2], b: [8] }, 4],
    ['rows of no length', { n: [], b: [] }, 0],
    ['seventeen rows', { n: Array(17).fill(1), b: Array(17).fill(8) }, 17],
    ['a row of a billion', { n: [1, 1e9], b: [8, 8] }, 4],
    ['rows beyond the blob', { n: [2, 2], b: [16, 16] }, 7],
    ['more bytes than the rows need', { n: [2, 2], b: [16, 16] }, 9],
    ['half a number for all', { n: [1.5, 1], b: [8, 8] }, 3],
  ])('drops the picture where it has %s', (_, sizes, bytes) => {
    const { image, problems } = open(
      { m: ['toy', 'karhunen-128'], ...sizes, t: [0, 1] },
      new Uint8Array(bytes),
    );
    expect(image.source).toBeNull();
    expect(problems).toHaveLength(1);
  });

  it('says which pictures and which measure it cannot show', () => {
    const { image, problems } = open({ m: 'toy', v: 'b', w: [0, 2], y: 'taste' });
    expect(image).toMatchObject({ view: 'blink' });
    expect(image).not.toHaveProperty('pair');
    expect(image).not.toHaveProperty('metric');
    expect(problems).toHaveLength(2);
  });

  it('takes any head without an error', () => {
    const value = fc.oneof(fc.jsonValue(), fc.array(fc.integer()), fc.array(fc.constantFrom('toy', 'x')));
    const head = fc.dictionary(fc.constantFrom(...'mhkverwysnbtfc'.split('')), value);
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 64 }), (fields, blob) => {
        for (const version of [1, 2]) {
          const image = readImagePart({ version, head: fields, blob }, [], known);
          expect(image.lanes.length).toBeGreaterThan(0);
          expect(roundTrip(image).problems).toEqual([]);
        }
      }),
    );
  });
});

describe('the square of a sample', () => {
  const read = (q: unknown) => {
    const problems: string[] = [];
    const head = { m: 'a', s: 'dunes', ...(q === undefined ? {} : { q }) };
    const known = { models: [known16('a')], samples: ['dunes'] };
    const { source } = readImagePart({ version: 2, head, blob: new Uint8Array(0) }, problems, known);
    return { source, problems };
  };
  const known16 = (id: string) => ({ id, hash: '', tokens: { count: 16, codebookSize: 1000 } });
  const dunes = { kind: 'sample', id: 'dunes' } as const;

  it('is brought within the picture, and its centre is not mentioned', () => {
    expect(read([10, 20, 300])).toEqual({
      source: { ...dunes, crop: { x: 10, y: 20, size: 300 } },
      problems: [],
    });
    expect(read([9999, -5, 300]).source).toEqual({ ...dunes, crop: { x: 380, y: 0, size: 300 } });
    expect(read([0, 0, 9999]).source).toEqual({ ...dunes, crop: { x: 0, y: -84, size: 680 } });
    expect(read([84, 0, 512])).toEqual({ source: dunes, problems: [] });
    expect(read(undefined)).toEqual({ source: dunes, problems: [] });
  });

  it.each([[[1, 2]], [[1, 2, 3, 4]], [[0.5, 0, 9]], ['x'], [{ x: 1 }]])('is left out where it is %j', (q) => {
    const { source, problems } = read(q);
    expect(source).toEqual(dunes);
    expect(problems).toHaveLength(1);
  });
});
