import { describe, expect, it } from 'vitest';
import { decodeLink } from '../core/link/envelope';
import type { ImageExperiment } from './image/experiment';
import type { Known } from './image/known';
import { readImagePart } from './image/link-format';
import { linkFormat as papers } from './papers/link-format';
import { readTextPart } from './text/link-format';
import { linkFormat as train } from './train/link-format';

interface Fixture {
  readonly hash: string;
  /** From version 2 on: a link is that of one lab. */
  readonly lab?: 'image' | 'text' | 'train' | 'papers';
  readonly experiment: unknown;
}

/** Links as they were once published. A file there is never changed or removed: links must always open. */
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

/** What a link opens to, and what could not be opened. */
async function open(hash: string) {
  const { lab, parts, problems } = await decodeLink(hash);
  const said = [...problems];
  const image = parts['image'] && readImagePart(parts['image'], said, known);
  const text = parts['text'] && readTextPart(parts['text'], said, tokenizers);
  const others = Object.entries({ train, papers }).map(([id, format]) => {
    const part = parts[id];
    return [id, part && format.read(part, said)] as const;
  });
  return { lab, image, text, ...Object.fromEntries(others), said };
}

/** JSON has no typed arrays. */
function asJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner) => (inner instanceof Uint32Array ? [...inner] : inner)),
  );
}

describe('links published once', () => {
  it.each(['v1', 'v2'])('are here, of version %s', (version) => {
    const named = Object.keys(fixtures).filter((path) => path.includes(`/${version}-`));
    expect(named.length).toBeGreaterThanOrEqual(5);
  });

  it.each(Object.entries(fixtures))('%s opens to what it meant', async (_, json) => {
    const fixture = JSON.parse(json) as Fixture;
    const { lab, said, ...opened } = await open(fixture.hash);
    expect(said).toEqual([]);
    if (fixture.lab) {
      expect(lab).toBe(fixture.lab);
      expect(asJson(opened)).toEqual({ [fixture.lab]: fixture.experiment });
    } else {
      const { image, text } = opened;
      expect(asJson({ lab, image: asV1(image!), text })).toEqual(fixture.experiment);
    }
  });
});
