import { expect, it } from 'vitest';
import type { ImageExperiment } from './experiment';
import type { Known } from './known';
import { linkFormat, readImagePart } from './link-format';

const known: Known = {
  models: [{ id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } }],
  samples: ['lighthouse'],
};
const commit = '0123456789abcdef0123456789abcdef01234567';
const hub = `hf:tests/one-d-piece@${commit}`;
const file = `file:${'ab'.repeat(32)}`;

function experiment(image: Partial<ImageExperiment>): ImageExperiment {
  return { lanes: [{ model: hub, modelHash: '01234567' }], k: 4, view: 'side', source: null, ...image };
}

function roundTrip(image: ImageExperiment) {
  const problems: string[] = [];
  const read = readImagePart({ version: 2, ...linkFormat.write(image) }, problems, known);
  return { image: read, problems };
}

const ids = Uint32Array.from({ length: 2048 }, (_, i) => (i * 7) % 256);

it.each<[string, Partial<ImageExperiment>]>([
  [
    'tokens of a checkpoint of the hub',
    {
      lanes: [{ model: hub, modelHash: '01234567', row: 0 }],
      source: { kind: 'tokens', rows: [{ ids, bits: 8 }] },
    },
  ],
  ['a sample by one', { source: { kind: 'sample', id: 'lighthouse' }, k: 200 }],
  [
    'one made of files, beside one of the hub',
    {
      lanes: [
        { model: file, modelHash: 'abababab' },
        { model: hub, modelHash: '01234567' },
      ],
      checkpointNames: { [file]: 'my tokenizer' },
      source: { kind: 'sample', id: 'lighthouse' },
    },
  ],
  [
    'two made of files',
    {
      lanes: [
        { model: 'karhunen-128', modelHash: '0badcafe' },
        { model: file, modelHash: 'abababab' },
      ],
      checkpointNames: { [file]: 'Ünïcode' },
      source: { kind: 'sample', id: 'lighthouse' },
    },
  ],
])('a link holds %s, whether or not it is here', (_, image) => {
  expect(roundTrip(experiment(image))).toEqual({ image: experiment(image), problems: [] });
});

it('a name that would turn the page around is made plain, and a missing one is made up', () => {
  const evil = roundTrip(
    experiment({ lanes: [{ model: file, modelHash: '' }], checkpointNames: { [file]: 'safe\u202Eexe.\n' } }),
  );
  expect(evil.image.checkpointNames).toEqual({ [file]: 'safe exe.' });
});
