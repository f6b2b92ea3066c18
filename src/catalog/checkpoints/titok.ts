import type { CheckpointSeries, OfficialCheckpoint } from '../checkpoints';

/** Where all of them are published. */
const OWNER = 'yucornetto';

type Facts = Omit<OfficialCheckpoint, 'source'> & { readonly name: string };

function published({ name, ...facts }: Facts): OfficialCheckpoint {
  return { ...facts, source: { kind: 'hub', repository: `${OWNER}/tokenizer_titok_${name}_imagenet` } };
}

/** github.com/bytedance/1d-tokenizer: README_TiTok.md (model zoo and the sentence on research) and configs/infer/TiTok. */
export const series: CheckpointSeries = {
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
      parameters: { encoder: 25_884_172, decoder: 57_790_467 },
      multiplications: { encode: 11.01e9, decode: 104.65e9 },
      rfid: 1.71,
    }),
    published({
      name: 'b64',
      label: 'TiTok-B-64',
      tokens: 64,
      parameters: { encoder: 85_953_804, decoder: 118_860_291 },
      multiplications: { encode: 29.32e9, decode: 123.21e9 },
      rfid: 1.7,
    }),
    published({
      name: 'sl256_vq8k',
      label: 'TiTok-SL-256 VQ',
      tokens: 256,
      parameters: { encoder: 26_041_920, decoder: 304_218_964 },
      multiplications: { encode: 15.31e9, decode: 168.08e9 },
      rfid: 1.03,
    }),
    published({
      name: 'bl64_vq8k',
      label: 'TiTok-BL-64 VQ',
      tokens: 64,
      parameters: { encoder: 85_993_792, decoder: 304_022_356 },
      multiplications: { encode: 29.35e9, decode: 102.21e9 },
      rfid: 2.06,
    }),
    published({
      name: 'bl128_vq8k',
      label: 'TiTok-BL-128 VQ',
      tokens: 128,
      parameters: { encoder: 86_092_096, decoder: 304_087_892 },
      multiplications: { encode: 35.66e9, decode: 123.77e9 },
      rfid: 1.49,
    }),
    published({
      name: 'bl64_vae_c16',
      label: 'TiTok-BL-64 VAE',
      tokens: 64,
      numbers: 16,
      parameters: { encoder: 85_969_184, decoder: 303_448_916 },
      multiplications: { encode: 29.32e9, decode: 102.21e9 },
      rfid: 1.25,
    }),
    published({
      name: 'bl128_vae_c16',
      label: 'TiTok-BL-128 VAE',
      tokens: 128,
      numbers: 16,
      parameters: { encoder: 86_067_488, decoder: 303_514_452 },
      multiplications: { encode: 35.59e9, decode: 123.76e9 },
      rfid: 0.84,
    }),
    published({
      name: 'll32_vae_c16',
      label: 'TiTok-LL-32 VAE',
      tokens: 32,
      numbers: 16,
      parameters: { encoder: 303_463_456, decoder: 303_416_148 },
      multiplications: { encode: 91.58e9, decode: 91.59e9 },
      rfid: 1.61,
    }),
    published({
      name: 'l32',
      label: 'TiTok-L-32',
      tokens: 32,
      parameters: { encoder: 303_442_956, decoder: 337_611_779 },
      multiplications: { encode: 91.58e9, decode: 185.79e9 },
      rfid: 2.21,
    }),
  ],
};
