import type { CheckpointSeries } from '../checkpoints';

/** github.com/turingmotors/One-D-Piece: README.md (model zoo, licence) and configs/one-d-piece_*.yaml. */
export const series: CheckpointSeries = {
  id: 'one-d-piece',
  label: 'One-D-Piece',
  says: 'Any number of its 256 tokens draws a picture, the first few the essentials: made for a slider.',
  family: 'titok',
  paper: {
    title: 'One-D-Piece: Image Tokenizer Meets Quality-Controllable Compression',
    year: 2025,
    url: 'https://arxiv.org/abs/2501.10064',
  },
  licence: {
    name: 'Apache-2.0',
    url: 'https://github.com/turingmotors/One-D-Piece#license',
  },
  order: 10,
  checkpoints: [
    {
      label: 'One-D-Piece-S-256',
      tokens: 256,
      parameters: { encoder: 26_015_244, decoder: 57_856_003 },
      multiplications: { encode: 15.18e9, decode: 108.81e9 },
      rfid: 1.48,
      source: { kind: 'hub', repository: 'turing-motors/One-D-Piece-S-256' },
    },
    {
      label: 'One-D-Piece-B-256',
      tokens: 256,
      parameters: { encoder: 86_248_716, decoder: 119_007_747 },
      multiplications: { encode: 48.59e9, decode: 142.47e9 },
      rfid: 1.11,
      source: { kind: 'hub', repository: 'turing-motors/One-D-Piece-B-256' },
    },
    {
      label: 'One-D-Piece-L-256',
      tokens: 256,
      parameters: { encoder: 303_901_708, decoder: 337_841_155 },
      multiplications: { encode: 168.07e9, decode: 262.27e9 },
      rfid: 1.08,
      source: { kind: 'hub', repository: 'turing-motors/One-D-Piece-L-256' },
    },
  ],
};
