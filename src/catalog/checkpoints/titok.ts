import type { PublishedCheckpoint, PublishedSeries } from '../checkpoints';

/** Where all of them are published. */
const OWNER = 'yucornetto';

type Facts = Omit<PublishedCheckpoint, 'source'> & { readonly name: string };

function published({ name, ...facts }: Facts): PublishedCheckpoint {
  return { ...facts, source: { kind: 'hub', repository: `${OWNER}/tokenizer_titok_${name}_imagenet` } };
}

/** github.com/bytedance/1d-tokenizer: README_TiTok.md (model zoo and the sentence on research) and configs/infer/TiTok. */
export const series: PublishedSeries = {
  id: 'titok',
  label: 'TiTok',
  says: 'The first of its kind: a picture in as few as 32 tokens, all of which are needed.',
  family: 'titok',
  paper: {
    title: 'An Image is Worth 32 Tokens for Reconstruction and Generation',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.07550',
  },
  licence: {
    name: 'Apache-2.0, for research only',
    url: 'https://github.com/bytedance/1d-tokenizer/blob/main/README_TiTok.md#model-zoo',
    terms:
      'Please note that these models are trained only on limited academic dataset ImageNet, and they are only for research purposes.',
  },
  order: 20,
  checkpoints: [
    published({
      name: 's128',
      label: 'TiTok-S-128',
      tokens: 128,
      rfid: 1.71,
    }),
    published({
      name: 'b64',
      label: 'TiTok-B-64',
      tokens: 64,
      rfid: 1.7,
    }),
    published({
      name: 'sl256_vq8k',
      label: 'TiTok-SL-256 VQ',
      tokens: 256,
      rfid: 1.03,
    }),
    published({
      name: 'bl64_vq8k',
      label: 'TiTok-BL-64 VQ',
      tokens: 64,
      rfid: 2.06,
    }),
    published({
      name: 'bl128_vq8k',
      label: 'TiTok-BL-128 VQ',
      tokens: 128,
      rfid: 1.49,
    }),
    published({
      name: 'bl64_vae_c16',
      label: 'TiTok-BL-64 VAE',
      tokens: 64,
      numbers: 16,
      rfid: 1.25,
    }),
    published({
      name: 'bl128_vae_c16',
      label: 'TiTok-BL-128 VAE',
      tokens: 128,
      numbers: 16,
      rfid: 0.84,
    }),
    published({
      name: 'll32_vae_c16',
      label: 'TiTok-LL-32 VAE',
      tokens: 32,
      numbers: 16,
      rfid: 1.61,
    }),
    published({
      name: 'l32',
      label: 'TiTok-L-32',
      tokens: 32,
      rfid: 2.21,
    }),
  ],
};
