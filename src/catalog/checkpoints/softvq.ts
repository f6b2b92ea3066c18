import type { CheckpointSeries, OfficialCheckpoint } from '../checkpoints';

/** Numbers of a ViT of timm by its size, 12 or 24 blocks, and of what SoftVQ-VAE puts around it. */
const VIT = { b: 87_000_000, l: 304_600_000 } as const;
/** Multiply-accumulates of such a ViT over 257 patches and 32 or 64 latent tokens. */
const WORK = { b: { 32: 26.3e9, 64: 29.3e9 }, l: { 32: 91.6e9, 64: 102.2e9 } } as const;

function published(size: 'b' | 'bl' | 'l', tokens: 32 | 64, rfid: number): OfficialCheckpoint {
  const [encoder, decoder] = size === 'bl' ? (['b', 'l'] as const) : ([size, size] as const);
  return {
    label: `SoftVQ-${size.toUpperCase()}-${tokens}`,
    tokens,
    numbers: 32,
    parameters: { encoder: VIT[encoder], decoder: VIT[decoder] },
    multiplications: { encode: WORK[encoder][tokens], decode: WORK[decoder][tokens] },
    rfid,
    source: { kind: 'hub', repository: `SoftVQVAE/softvq-${size}-${tokens}` },
  };
}

/** github.com/Hhhhhhao/continuous_tokenizer: README.md (model zoo), configs/softvq-l-64.yaml, modelling/tokenizer.py. */
export const series: CheckpointSeries = {
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
