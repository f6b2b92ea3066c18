/** How the figures of a reference were made. Without it they compare with nothing. */
export interface Protocol {
  /** Which pictures. */
  readonly dataset: string;
  /** How many of them. */
  readonly count: string;
  /** Pixels a side. */
  readonly size: number;
  /** How they were cut and resized; what is not known is said. */
  readonly crop: string;
  /** What computed the figures. */
  readonly measured: string;
  /** Who says so. */
  readonly source: string;
}

/** One position of a reference. */
export interface ReferencePoint {
  readonly tokens?: number;
  readonly bytes?: number;
  /** By the ids of our measures: only figures that the same formula gives. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Figures of other measures, with what they need to be read. */
  readonly others?: string;
}

/** Mean figures over many pictures, to see one picture against. */
export interface Reference {
  readonly id: string;
  readonly label: string;
  readonly protocol: Protocol;
  readonly points: readonly ReferencePoint[];
}

const OURS: Protocol = {
  dataset: 'Photographs that no model of ours was trained on (every fifth of the 500 in our validation set)',
  count: '100',
  size: 128,
  crop: 'Square middle, resized to 128 × 128',
  measured: 'This project’s measures on 8-bit pictures, mean over the pictures',
  source: 'docs/models.md of Tokenoscope, “Rate and quality”',
};

const CODECS: Protocol = { ...OURS, measured: `${OURS.measured}; files by Pillow, whole` };

const THIRD: Protocol = {
  dataset: 'ImageNet, validation',
  count: '10,000',
  size: 256,
  crop: 'Not stated',
  measured: 'PSNR and SSIM by a third party, whose code is not stated; LPIPS with the AlexNet backbone',
  source: 'A third party’s measurement of the published checkpoints',
};

function paper(source: string): Protocol {
  return {
    dataset: 'ImageNet, validation',
    count: 'Not stated (the set has 50,000)',
    size: 256,
    crop: 'Not stated in the table',
    measured: 'The authors’ own code, not stated in the table',
    source,
  };
}

/** Bytes of tokens of 16 bits, then PSNR, SSIM, MS-SSIM and distance. */
type Row = readonly [tokens: number, psnr: number, ssim: number, msSsim: number, distance: number];

function ours(rows: readonly Row[]): ReferencePoint[] {
  return rows.map(([tokens, psnr, ssim, msSsim, distance]) => ({
    tokens,
    bytes: tokens * 2,
    metrics: { psnr, ssim, 'ms-ssim': msSsim, 'tokenoscope-distance': distance },
  }));
}

/** As whole files. */
function files(rows: readonly Row[]): ReferencePoint[] {
  return ours(rows).map(({ metrics }, i) => ({ bytes: rows[i]![0], metrics }));
}

/** Tokens, PSNR, LPIPS (AlexNet), SSIM. @param bits of a token */
function third(bits: number, rows: readonly (readonly [number, number, number, number])[]): ReferencePoint[] {
  return rows.map(([tokens, psnr, lpips, ssim]) => ({
    tokens,
    bytes: (tokens * bits) / 8,
    metrics: { psnr, ssim },
    others: `LPIPS (AlexNet) ${lpips}`,
  }));
}

/** Every reference, ours first. Figures are copied from their sources, never computed here. */
export const references: readonly Reference[] = [
  {
    id: 'karhunen-128',
    label: 'Karhunen 128, mean',
    protocol: OURS,
    points: ours([
      [1, 14.65, 0.341, 0.3, 6.08],
      [4, 16.27, 0.367, 0.442, 5.45],
      [8, 17.24, 0.388, 0.529, 4.99],
      [16, 18.28, 0.421, 0.621, 4.46],
      [32, 19.46, 0.466, 0.709, 3.77],
      [64, 21.03, 0.538, 0.789, 2.87],
      [128, 22.72, 0.625, 0.857, 2.12],
      [256, 24.59, 0.715, 0.908, 1.49],
    ]),
  },
  {
    id: 'ladder-128',
    label: 'Ladder 128, mean',
    protocol: OURS,
    points: ours([
      [1, 14.69, 0.348, 0.31, 5.94],
      [4, 16.46, 0.385, 0.463, 5.14],
      [8, 17.53, 0.416, 0.559, 4.55],
      [16, 18.73, 0.458, 0.658, 3.7],
      [32, 19.98, 0.514, 0.753, 2.93],
      [64, 21.65, 0.6, 0.832, 2.16],
      [128, 23.42, 0.688, 0.892, 1.56],
      [256, 25.28, 0.77, 0.934, 1.08],
    ]),
  },
  {
    id: 'flow-128',
    label: 'Flow 128, 4 steps, mean',
    protocol: { ...OURS, measured: `${OURS.measured}; seed 0` },
    points: ours([
      [8, 16.71, 0.385, 0.501, 4.95],
      [16, 17.77, 0.419, 0.594, 4.39],
      [32, 18.99, 0.473, 0.697, 3.69],
      [64, 20.54, 0.553, 0.788, 2.87],
      [128, 22.16, 0.635, 0.858, 2.12],
      [256, 23.83, 0.716, 0.907, 1.51],
    ]),
  },
  {
    id: 'fixed-32',
    label: 'Fixed 32, mean',
    protocol: OURS,
    points: ours([
      [1, 11.49, 0.296, 0.152, 7.06],
      [4, 11.93, 0.297, 0.216, 6.81],
      [8, 12.54, 0.304, 0.295, 6.45],
      [16, 14.1, 0.334, 0.431, 5.66],
      [32, 19.04, 0.458, 0.694, 4.02],
    ]),
  },
  {
    id: 'nested-32',
    label: 'Nested 32, mean',
    protocol: OURS,
    points: ours([
      [1, 14.13, 0.337, 0.23, 6.18],
      [4, 15.82, 0.359, 0.399, 5.51],
      [8, 16.61, 0.373, 0.485, 5.15],
      [16, 17.5, 0.395, 0.565, 4.74],
      [32, 18.89, 0.452, 0.687, 4.07],
    ]),
  },
  {
    id: 'grid-256',
    label: 'Grid 256, mean',
    protocol: { ...OURS, source: 'docs/models.md of Tokenoscope, “grid-256”' },
    // Tokens of 10 bits.
    points: [
      {
        tokens: 256,
        bytes: 320,
        metrics: { psnr: 22.47, ssim: 0.69, 'ms-ssim': 0.906, 'tokenoscope-distance': 1.82 },
      },
    ],
  },
  {
    id: 'jpeg',
    label: 'JPEG, mean',
    protocol: CODECS,
    points: files([
      [551, 20.32, 0.585, 0.819, 2.79],
      [745, 22.68, 0.705, 0.906, 1.79],
      [1095, 25.37, 0.811, 0.957, 0.98],
      [1620, 27.82, 0.881, 0.98, 0.55],
    ]),
  },
  {
    id: 'webp',
    label: 'WebP, mean',
    protocol: CODECS,
    points: files([
      [448, 23.85, 0.718, 0.91, 1.79],
      [834, 26.78, 0.843, 0.965, 0.93],
      [1281, 29.18, 0.905, 0.982, 0.51],
    ]),
  },
  {
    id: 'avif',
    label: 'AVIF, mean',
    protocol: CODECS,
    points: files([
      [547, 23.56, 0.71, 0.907, 1.72],
      [671, 25.02, 0.773, 0.939, 1.25],
      [857, 26.71, 0.835, 0.963, 0.83],
    ]),
  },
  {
    id: 'flextok-d12',
    label: 'FlexTok d12-d12',
    protocol: THIRD,
    points: third(16, [
      [8, 13.21, 0.519, 0.257],
      [16, 13.47, 0.481, 0.267],
      [32, 14.23, 0.43, 0.291],
      [64, 15.17, 0.365, 0.326],
      [128, 17.14, 0.287, 0.412],
      [256, 19.14, 0.226, 0.503],
    ]),
  },
  {
    id: 'one-d-piece-s',
    label: 'One-D-Piece-S',
    protocol: THIRD,
    points: third(12, [
      [8, 13.98, 0.622, 0.326],
      [16, 14.69, 0.507, 0.332],
      [32, 15.56, 0.39, 0.339],
      [64, 16.58, 0.3, 0.37],
      [128, 17.62, 0.23, 0.414],
      [256, 18.26, 0.202, 0.436],
    ]),
  },
  {
    id: 'titok-s-128',
    label: 'TiTok-S-128',
    protocol: paper('NextStep-1, tables 6 and 8, second-hand'),
    points: [
      {
        tokens: 128,
        bytes: 192,
        metrics: { psnr: 17.52, ssim: 0.44 },
        others:
          'rFID 1.71 against ImageNet validation, by its authors; others measured 3.91 with the same weights',
      },
    ],
  },
  {
    id: 'vqgan-f16',
    label: 'VQGAN f16 (taming)',
    protocol: paper('OptVQ, README, second-hand'),
    points: [
      {
        tokens: 256,
        bytes: 448,
        metrics: { psnr: 19.93, ssim: 0.542 },
        others: 'LPIPS 0.177, backbone not stated; rFID 3.64 against ImageNet validation, code not stated',
      },
    ],
  },
  {
    id: 'llamagen-vq16',
    label: 'LlamaGen VQ-16',
    protocol: paper('Semanticist, table 1, second-hand'),
    points: [
      {
        tokens: 256,
        bytes: 448,
        metrics: { psnr: 20.79, ssim: 0.675 },
        others: 'rFID 2.19 against ImageNet validation; 4.28 by another evaluator, with the same PSNR',
      },
    ],
  },
  {
    id: 'flowmo-lo',
    label: 'FlowMo-Lo',
    protocol: paper('FlowMo, table 1, second-hand'),
    points: [
      {
        tokens: 256,
        bytes: 576,
        metrics: { psnr: 22.07, ssim: 0.649 },
        others: 'LPIPS 0.113, backbone not stated; rFID 0.95 against ImageNet validation, code not stated',
      },
    ],
  },
];
