import { describe, expect, it } from 'vitest';
import { decodeLink } from '../core/link/envelope';
import type { ImageExperiment } from './image/experiment';
import type { Known } from './image/known';
import { readImagePart } from './image/link-format';
import { readTextPart } from './text/link-format';

interface Fixture {
  readonly hash: string;
  readonly experiment: unknown;
}

/** Links as they were once published. A file there is never changed or removed: links open for ever. */
// As text: Vite's own JSON reader refuses the lone surrogate that one of them holds on purpose.
const fixtures = import.meta.glob<string>('../core/link/fixtures/v*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

const known: Known = {
  models: [
    { id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } },
    { id: 'toy', hash: '12345678', tokens: { count: 16, codebookSize: 1000 } },
    {
      id: 'flow',
      hash: 'abcdef01',
      tokens: { count: 256, codebookSize: 65_536 },
      sampler: { steps: [1, 4, 16], default: 4, distilled: {} },
    },
  ],
  samples: ['lighthouse'],
};
const tokenizers = ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'];

/** An experiment in the words of version 1, which knew one row of tokens and at most one model beside the first. */
function asV1({ lanes, source, ...rest }: ImageExperiment) {
  const [lead, beside] = lanes;
  return {
    model: lead!.model,
    modelHash: lead!.modelHash,
    ...(beside ? { second: beside.model } : {}),
    ...rest,
    source: source?.kind === 'tokens' ? { kind: 'tokens', ...source.rows[lead!.row!] } : source,
  };
}

describe('links published once', () => {
  it('are here, of every version', () => {
    expect(Object.keys(fixtures).filter((path) => path.includes('/v1-')).length).toBeGreaterThanOrEqual(5);
  });

  it.each(Object.entries(fixtures))('%s opens to what it meant', async (_, json) => {
    const { hash, experiment } = JSON.parse(json) as Fixture;
    const { lab, parts, problems } = await decodeLink(hash);
    const said = [...problems];
    const opened = {
      lab,
      image: asV1(readImagePart(parts['image']!, said, known)),
      text: readTextPart(parts['text']!, said, tokenizers),
    };
    expect(said).toEqual([]);
    // JSON has no typed arrays.
    const asJson = JSON.parse(
      JSON.stringify(opened, (_key, value) => (value instanceof Uint32Array ? [...value] : value)),
    );
    expect(asJson).toEqual(experiment);
  });
});
