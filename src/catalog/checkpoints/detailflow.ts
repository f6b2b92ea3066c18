import type { PublishedSeries } from '../checkpoints';

/** github.com/ByteFlow-AI/DetailFlow: README.md (model zoo, training commands), configs, LICENSE-2.0.txt. */
export const series: PublishedSeries = {
  id: 'detailflow',
  label: 'DetailFlow',
  says: 'Tokens in order of resolution: the first ones are a small picture, and each group adds detail.',
  family: 'detailflow',
  paper: {
    title: 'DetailFlow: 1D Coarse-to-Fine Autoregressive Image Generation via Next-Detail Prediction',
    year: 2025,
    url: 'https://arxiv.org/abs/2505.21473',
  },
  licence: {
    name: 'Apache-2.0',
    url: 'https://github.com/ByteFlow-AI/DetailFlow/blob/main/LICENSE-2.0.txt',
  },
  order: 30,
  checkpoints: [
    {
      label: 'DetailFlow-16',
      tokens: 128,
      rfid: 1.13,
      source: { kind: 'hub', repository: 'ByteFlow-AI/DetailFlow-16' },
    },
    {
      label: 'DetailFlow-32',
      tokens: 256,
      rfid: 0.8,
      source: { kind: 'hub', repository: 'ByteFlow-AI/DetailFlow-32' },
    },
    {
      label: 'DetailFlow-64',
      tokens: 512,
      rfid: 0.52,
      source: { kind: 'hub', repository: 'ByteFlow-AI/DetailFlow-64' },
    },
  ],
};
