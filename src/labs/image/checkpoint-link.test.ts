import { expect, it } from 'vitest';
import { decodeLink, encodeLink } from './codec';
import type { Experiment } from './experiment';
import type { Known } from './known';

const known: Known = {
  models: [{ id: 'karhunen-128', hash: '0badcafe', tokens: { count: 256, codebookSize: 65_536 } }],
  samples: ['lighthouse'],
  tokenizers: ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'],
};
const commit = '0123456789abcdef0123456789abcdef01234567';
const hub = `hf:tests/one-d-piece@${commit}`;
const file = `file:${'ab'.repeat(32)}`;

function experiment(image: Partial<Experiment['image']>): Experiment {
  return {
    lab: 'image',
    image: { model: hub, modelHash: '01234567', k: 4, view: 'side', source: null, ...image },
    text: {
      tokenizers: known.tokenizers,
      text: { kind: 'inline', value: '' },
      showIds: false,
      showWhitespace: false,
    },
  };
}

const ids = Uint32Array.from({ length: 2048 }, (_, i) => (i * 7) % 256);

it.each<[string, Partial<Experiment['image']>]>([
  ['tokens of a checkpoint of the hub', { source: { kind: 'tokens', ids, bits: 8 } }],
  ['a sample by one', { source: { kind: 'sample', id: 'lighthouse' }, k: 200 }],
  [
    'one made of files, beside one of the hub',
    {
      model: file,
      modelHash: 'abababab',
      second: hub,
      checkpointNames: { [file]: 'my tokenizer' },
      source: { kind: 'sample', id: 'lighthouse' },
    },
  ],
  [
    'two made of files',
    {
      model: 'karhunen-128',
      modelHash: '0badcafe',
      second: file,
      checkpointNames: { [file]: 'Ünïcode' },
      source: { kind: 'sample', id: 'lighthouse' },
    },
  ],
])('a link holds %s, whether or not it is here', (_, image) => {
  const decoded = decodeLink(encodeLink(experiment(image)), known);
  expect(decoded.problems).toEqual([]);
  expect(decoded.experiment).toEqual(experiment(image));
});

it('a name that would turn the page around is made plain, and a missing one is made up', () => {
  const evil = decodeLink(
    encodeLink(experiment({ model: file, checkpointNames: { [file]: 'safe\u202Eexe.\n' } })),
    known,
  );
  expect(evil.experiment.image.checkpointNames).toEqual({ [file]: 'safe exe.' });
});
