import type { CheckpointSeries } from '../checkpoints';

/** github.com/SilentView/GigaTok: README.md (table of checkpoints), configs/vq/VQ_SS256.yaml, LICENSE. */
export const series: CheckpointSeries = {
  id: 'gigatok',
  label: 'GigaTok',
  says: 'Convolutions around a transformer that asks with 256 queries: the smallest of its series.',
  family: 'gigatok',
  paper: {
    title: 'GigaTok: Scaling Visual Tokenizers to 3 Billion Parameters for Autoregressive Image Generation',
    year: 2025,
    url: 'https://arxiv.org/abs/2504.08736',
  },
  licence: { name: 'MIT', url: 'https://github.com/SilentView/GigaTok/blob/main/LICENSE' },
  order: 50,
  checkpoints: [
    {
      label: 'GigaTok S-S',
      tokens: 256,
      parameters: { encoder: 58_000_000, decoder: 78_000_000 },
      multiplications: { encode: 80e9, decode: 130e9 },
      rfid: 1.01,
      source: {
        kind: 'page',
        url: 'https://drive.google.com/file/d/1Q_WHCT6mdNnu0GkHCm0CbXaP6kFeTe5h/view?usp=sharing',
        host: 'Google Drive',
        file: 'VQ_SS256_e100.pt',
      },
    },
  ],
};
