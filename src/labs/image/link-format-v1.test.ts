import { expect, it } from 'vitest';
import { bundledModels } from '../../engine/image/models';
import type { Known } from './known';
import { readImagePart } from './link-format';

const known: Known = {
  models: [
    { id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } },
    { id: 'toy', hash: '12345678', sameAs: ['abcdef01'], tokens: { count: 16, codebookSize: 1000 } },
  ],
  samples: ['lighthouse'],
};

/** What the image part of a forged link of version 1 opens to. */
function open(head: Readonly<Record<string, unknown>>, blob = new Uint8Array(0)) {
  const problems: string[] = [];
  const image = readImagePart({ version: 1, head, blob }, problems, known);
  return { image, problems };
}

it('falls back to defaults where a link says nothing', () => {
  expect(open({})).toEqual({
    image: { lanes: [{ model: 'karhunen-128', modelHash: '0badcafe' }], k: 256, view: 'side', source: null },
    problems: [],
  });
});

it('names an unknown model and drops its tokens', () => {
  expect(open({ m: 'flextok', n: 1, b: 8 }, Uint8Array.of(1))).toEqual({
    image: { lanes: [{ model: 'karhunen-128', modelHash: '' }], k: 256, view: 'side', source: null },
    problems: ['This link uses the image model "flextok", which is not here. Its picture was left out.'],
  });
  expect(open({ m: '__proto__' }).image.lanes[0]!.model).toBe('karhunen-128');
});

it('names an unknown sample', () => {
  const { image, problems } = open({ s: 'mona-lisa' });
  expect(image.source).toBeNull();
  expect(problems).toEqual(['This link shows the sample picture "mona-lisa", which is not here.']);
});

it.each([
  [
    'ids out of the codebook',
    { m: 'toy', n: 2, b: 16 },
    Uint8Array.of(0, 1, 255, 255),
    /65535 is not in the codebook/,
  ],
  ['more tokens than the model takes', { m: 'toy', n: 17, b: 8 }, new Uint8Array(17), /17 tokens.*takes 16/],
  ['an odd number of bytes', { m: 'toy' }, new Uint8Array(3), /number of tokens/],
  ['fewer bytes than tokens need', { m: 'toy', n: 4, b: 16 }, new Uint8Array(7), /incomplete/],
  ['no tokens', { m: 'toy', n: 0, b: 16 }, new Uint8Array(0), /number of tokens/],
  ['a billion tokens', { m: 'toy', n: 1e9, b: 16 }, new Uint8Array(4), /number of tokens/],
  ['half a token', { m: 'toy', n: 1.5, b: 16 }, new Uint8Array(3), /number of tokens/],
  ['25 bits a token', { m: 'toy', n: 1, b: 25 }, new Uint8Array(4), /number of tokens/],
  ['tokens without a width', { m: 'toy', n: 1 }, new Uint8Array(2), /number of tokens/],
])('drops the picture and opens the rest: %s', (_, head, blob, problem) => {
  const { image, problems } = open(head, blob);
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(image).toMatchObject({ lanes: [{ model: 'toy' }], source: null });
});

it('clamps k to the tokens there are', () => {
  const k = (head: Readonly<Record<string, unknown>>, blob?: Uint8Array<ArrayBuffer>) =>
    open(head, blob).image.k;
  expect(k({ k: 1000 })).toBe(256);
  expect(k({ k: -4 })).toBe(1);
  expect(k({ k: 99, n: 3, b: 8 }, Uint8Array.of(1, 2, 3))).toBe(3);
});

it('warns where the model has changed since', () => {
  const { image, problems } = open({ h: 'ffffffff', n: 1, b: 8 }, Uint8Array.of(1));
  expect(problems).toEqual([expect.stringContaining('has changed since')]);
  expect(image.source).toEqual({ kind: 'tokens', rows: [{ ids: Uint32Array.of(1), bits: 8 }] });
});

it('says nothing where an earlier build draws the very same pictures', () => {
  const { image, problems } = open({ m: 'toy', h: 'abcdef01', n: 1, b: 8 }, Uint8Array.of(1));
  expect([problems, image.lanes]).toEqual([[], [{ model: 'toy', modelHash: 'abcdef01', row: 0 }]]);
});

it.each([
  ['fixed-32', 32, '03705d68'],
  ['fixed-32', 32, 'f1c9b53c'],
  ['grid-256', 256, '862526b2'],
])(
  'keeps the tokens of %s (%i) as it was before it was trained again, decoder %s, and says so',
  (m, n, h) => {
    const problems: string[] = [];
    const part = { version: 1, head: { m, h, n, b: 8 }, blob: new Uint8Array(n) };
    const { source } = readImagePart(part, problems, { models: bundledModels, samples: [] });
    expect(problems).toEqual([
      `The model "${m}" has changed since this link was made: its picture may look different.`,
    ]);
    expect(source).toEqual({ kind: 'tokens', rows: [{ ids: new Uint32Array(n), bits: 8 }] });
  },
);
