import { expect, it } from 'vitest';
import type { StoredCheckpoint } from '../../engine/weights/plan';
import { citeModels } from './cite';
import { LabModels } from './models';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const HUB = `hf:yucornetto/tokenizer_titok_s128_imagenet@${COMMIT}`;
const FILE = `file:${'cd'.repeat(32)}`;

/** Models of a browser that keeps one checkpoint. */
function modelsWith(kept: Partial<StoredCheckpoint>): LabModels {
  const models = new LabModels();
  models.listOnce = async () => models.store.setState({ checkpoints: [kept as StoredCheckpoint] });
  return models;
}

const titok: Partial<StoredCheckpoint> = {
  id: HUB,
  name: 'tokenizer_titok_s128_imagenet',
  family: 'titok',
  image: { width: 256, height: 256 },
  origin: { kind: 'hub', hub: 'https://huggingface.co', repository: 'x/y', commit: COMMIT },
};

it('cites bundled models as parts of the tool', async () => {
  const [citation] = await citeModels(['karhunen-128'], modelsWith(titok));
  expect(citation).toMatchObject({
    key: 'tokenoscope-karhunen-128',
    title: 'Karhunen 128, an image tokenizer',
    note: expect.stringMatching(/sha256 of its decoder begins with [0-9a-f]{8}$/),
  });
});

it('cites the paper of a checkpoint that is here, and the very weights', async () => {
  expect(await citeModels([HUB], modelsWith(titok))).toMatchObject([
    { key: 'yu2024an', arxiv: '2406.07550' },
    {
      key: 'yucornetto-tokenizer_titok_s128_imagenet',
      url: `https://huggingface.co/yucornetto/tokenizer_titok_s128_imagenet/tree/${COMMIT}`,
    },
  ]);
});

it('cites the weights alone where the family is not known', async () => {
  const citations = await citeModels([HUB, FILE], modelsWith({ ...titok, id: 'other' }));
  expect(citations).toMatchObject([
    { title: 'tokenizer_titok_s128_imagenet, an image tokenizer' },
    {
      title: 'checkpoint cdcdcdcd, an image tokenizer',
      note: `Weights from files, sha256 ${'cd'.repeat(32)}`,
    },
  ]);
});
