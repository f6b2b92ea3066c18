import type { PublishedCheckpoint, PublishedSeries } from '../checkpoints';

/** Numbers in a token: 2,048 in all. */
const NUMBERS = { 32: 64, 64: 32 } as const;

function published(size: 'b' | 'bl' | 'l', tokens: 32 | 64, rfid: number): PublishedCheckpoint {
  return {
    label: `SoftVQ-${size.toUpperCase()}-${tokens}`,
    tokens,
    numbers: NUMBERS[tokens],
    rfid,
    source: { kind: 'hub', repository: `SoftVQVAE/softvq-${size}-${tokens}` },
  };
}

/** github.com/Hhhhhhao/continuous_tokenizer: README.md (model zoo), configs/softvq-l-64.yaml, modelling/tokenizer.py. */
export const series: PublishedSeries = {
  id: 'softvq',
  label: 'SoftVQ-VAE',
  says: 'Continuous tokens, each a soft mixture of codes: 32 or 64 of them draw a picture closely.',
  family: 'softvq',
  paper: {
    title: 'SoftVQ-VAE: Efficient 1-Dimensional Continuous Tokenizer',
    year: 2024,
    url: 'https://arxiv.org/abs/2412.10958',
  },
  licence: {
    name: 'Apache-2.0 as declared in its code, which has no licence file',
    url: 'https://github.com/Hhhhhhao/continuous_tokenizer',
  },
  order: 40,
  checkpoints: [
    published('b', 32, 0.89),
    published('b', 64, 0.88),
    published('bl', 32, 0.68),
    published('bl', 64, 0.65),
    published('l', 32, 0.74),
    published('l', 64, 0.61),
  ],
};
