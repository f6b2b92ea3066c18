import type { PublishedSeries } from '../checkpoints';

/** github.com/Hhhhhhao/continuous_tokenizer: README.md (model zoo), modelling/tokenizer.py. */
export const series: PublishedSeries = {
  id: 'maetok',
  label: 'MAETok',
  says: 'An autoencoder trained on masked pictures, with 128 continuous tokens and nothing variational.',
  family: 'softvq',
  paper: {
    title: 'Masked Autoencoders Are Effective Tokenizers for Diffusion Models',
    year: 2025,
    url: 'https://arxiv.org/abs/2502.03444',
  },
  licence: {
    name: 'Apache-2.0 as declared in its code, which has no licence file',
    url: 'https://github.com/Hhhhhhao/continuous_tokenizer',
  },
  order: 41,
  checkpoints: [
    {
      label: 'MAETok-B-128',
      tokens: 128,
      numbers: 32,
      rfid: 0.48,
      source: { kind: 'hub', repository: 'MAETok/maetok-b-128' },
    },
  ],
};
