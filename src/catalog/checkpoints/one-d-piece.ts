import type { PublishedSeries } from '../checkpoints';

/** github.com/turingmotors/One-D-Piece: README.md (model zoo, licence) and configs/one-d-piece_*.yaml. */
export const series: PublishedSeries = {
  id: 'one-d-piece',
  label: 'One-D-Piece',
  says: 'Any number of its 256 tokens draws a picture, the first few the essentials: made for a slider.',
  drawnBy: 'the decoder of MaskGIT’s VQGAN, fine-tuned with it and part of its file',
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
      rfid: 1.48,
      source: { kind: 'hub', repository: 'turing-motors/One-D-Piece-S-256' },
    },
    {
      label: 'One-D-Piece-B-256',
      tokens: 256,
      rfid: 1.11,
      source: { kind: 'hub', repository: 'turing-motors/One-D-Piece-B-256' },
    },
    {
      label: 'One-D-Piece-L-256',
      tokens: 256,
      rfid: 1.08,
      source: { kind: 'hub', repository: 'turing-motors/One-D-Piece-L-256' },
    },
  ],
};
