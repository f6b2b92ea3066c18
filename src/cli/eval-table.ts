/** Means over the folder's pictures. */
export interface Score {
  readonly bytes: number;
  readonly psnr: number;
  readonly ssim: number;
}

/**
 * The JSON that `eval-images` writes:
 * `{"images":N,"size":[w,h],"models":{"ID":[{"k","bytes","psnr","ssim"}]},
 * "codecs":{"jpeg":[{"quality","bytes","psnr","ssim"}],"webp":[...],"avif":[...]}}`.
 * `bytes` of a model are bits * k / 8; `size` is the resolution of the codecs, the first model's.
 */
export interface Evaluation {
  readonly images: number;
  readonly size: readonly [number, number];
  readonly models: Readonly<Record<string, readonly (Score & { readonly k: number })[]>>;
  readonly codecs: Readonly<Record<string, readonly (Score & { readonly quality: number })[]>>;
}

type Row = readonly [name: string, setting: string, score: Score];

/** An evaluation as an aligned plain-text table. */
export function evaluationTable(evaluation: Evaluation): string {
  const rows: Row[] = [
    ...Object.entries(evaluation.models).flatMap(([id, scores]) =>
      scores.map((score): Row => [id, `k ${score.k}`, score]),
    ),
    ...Object.entries(evaluation.codecs).flatMap(([id, scores]) =>
      scores.map((score): Row => [id, `q ${score.quality}`, score]),
    ),
  ];
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, setting, { bytes, psnr, ssim }]) =>
    [
      name.padEnd(nameWidth),
      setting.padStart(6),
      bytes.toFixed(1).padStart(9),
      psnr.toFixed(2).padStart(7),
      ssim.toFixed(4).padStart(7),
    ].join('  '),
  );
  const head = [
    'model'.padEnd(nameWidth),
    'at'.padStart(6),
    'bytes'.padStart(9),
    'PSNR dB'.padStart(7),
    'SSIM'.padStart(7),
  ];
  const [width, height] = evaluation.size;
  return `${evaluation.images} pictures, codecs at ${width} x ${height}\n${head.join('  ')}\n${lines.join('\n')}\n`;
}
