import type { CheckpointSeries, OfficialCheckpoint } from '../checkpoints';

/** Numbers and multiply-accumulates of DINOv2's ViT-B and ViT-L with what is around them, by the count of latent tokens. */
const PARTS = {
  encoder: {
    b: { 32: [85_961_536, 26.27e9], 64: [85_986_080, 29.35e9] },
    l: { 32: [303_543_360, 91.62e9], 64: [303_576_096, 102.24e9] },
  },
  decoder: {
    b: { 32: [88_035_584, 26.24e9], 64: [86_987_008, 29.32e9] },
    l: { 32: [305_609_472, 91.58e9], 64: [304_560_896, 102.21e9] },
  },
} as const;
/** Numbers in a token: 2,048 in all. */
const NUMBERS = { 32: 64, 64: 32 } as const;

function published(size: 'b' | 'bl' | 'l', tokens: 32 | 64, rfid: number): OfficialCheckpoint {
  const [enc, dec] = size === 'bl' ? (['b', 'l'] as const) : ([size, size] as const);
  const [encoder, encode] = PARTS.encoder[enc][tokens];
  const [decoder, decode] = PARTS.decoder[dec][tokens];
  return {
    label: `SoftVQ-${size.toUpperCase()}-${tokens}`,
    tokens,
    numbers: NUMBERS[tokens],
    parameters: { encoder, decoder },
    multiplications: { encode, decode },
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
