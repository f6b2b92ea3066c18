import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../core/link/envelope';
import type { ImageExperiment } from './experiment';
import type { Known } from './known';
import { linkFormat, readImagePart } from './link-format';

const CHECKPOINT = `file:${'a'.repeat(64)}`;
const tokens = { count: 256, codebookSize: 65_536 };
const known: Known = {
  models: [
    { id: 'linear', hash: '0badcafe', tokens },
    { id: 'flow', hash: '12345678', tokens, sampler: { steps: [1, 2, 4, 16], default: 4, distilled: {} } },
    { id: 'plain-flow', hash: '23456789', tokens, sampler: { steps: [3, 9], default: 9 } },
  ],
  samples: ['lighthouse'],
};

const image: ImageExperiment = {
  lanes: [{ model: 'flow', modelHash: '12345678' }],
  k: 8,
  view: 'side',
  source: { kind: 'sample', id: 'lighthouse' },
};
const write = (part: Partial<ImageExperiment>) => linkFormat.write({ ...image, ...part });
const link = (part: Partial<ImageExperiment>) => encodeLink('image', write(part))!;

/** What a forged head opens to: how to draw, and what was refused. */
function open(fields: object) {
  const problems: string[] = [];
  const head = { m: 'flow', ...fields };
  const part = { version: 1, head, blob: new Uint8Array(0) } as const;
  const { steps, seed, guidance } = readImagePart(part, problems, known);
  return { steps, seed, guidance, problems };
}

describe('how to draw, in a link', () => {
  it('round-trips', () => {
    const part = fc.record(
      {
        model: fc.constantFrom('flow', CHECKPOINT),
        steps: fc.constantFrom(1, 2, 4, 16, 'distilled' as const),
        seed: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
        guidance: fc.constantFrom(1, 7.5, 20),
      },
      { requiredKeys: ['model'] },
    );
    fc.assert(
      fc.property(part, ({ model, ...wanted }) => {
        const problems: string[] = [];
        const lanes = [{ model, modelHash: '' }];
        const { steps, seed, guidance } = readImagePart(
          { version: 2, ...write({ ...wanted, lanes }) },
          problems,
          known,
        );
        expect(problems).toEqual([]);
        const { steps: s, seed: r, guidance: g } = wanted;
        expect({ steps, seed, guidance }).toEqual({ steps: s, seed: r, guidance: g });
      }),
    );
  });

  it('costs nothing where it is at its default', () => {
    expect(link({ seed: 0 })).toBe(link({}));
    expect(link({ seed: 1 }).length).toBeLessThan(link({}).length + 10);
  });

  it('belongs to whichever of two models samples', () => {
    expect(open({ m: 'linear', c: 'flow', e: 16, r: 5 })).toEqual({ steps: 16, seed: 5, problems: [] });
    expect(open({ m: 'linear', e: 16, r: 5 })).toEqual({ steps: undefined, seed: undefined, problems: [] });
    expect(open({ c: 'plain-flow', e: 3 })).toMatchObject({ steps: 3, problems: [] });
  });

  it.each([
    [{ e: 3 }],
    [{ e: 0 }],
    [{ e: -1 }],
    [{ e: 2.5 }],
    [{ e: 1e9 }],
    [{ e: '4' }],
    [{ e: 'distilled' }],
    [{ e: [4] }],
    [{ e: { d: 1 } }],
    [{ m: 'plain-flow', e: 'd' }],
    [{ m: CHECKPOINT, e: 257 }],
  ])('refuses steps that nobody offers: %j', (fields) => {
    expect(open(fields)).toEqual({
      steps: undefined,
      seed: undefined,
      problems: ['The link does not properly say in how many steps to draw; the default is used.'],
    });
  });

  it.each([[{ r: -1 }], [{ r: 2 ** 32 }], [{ r: 0.5 }], [{ r: '7' }], [{ r: null }], [{ r: true }]])(
    'refuses what is no seed, and keeps the steps: %j',
    (fields) => {
      expect(open({ e: 2, ...fields })).toEqual({
        steps: 2,
        seed: undefined,
        problems: ['The link does not properly say which noise to begin with; the default is used.'],
      });
    },
  );
});
