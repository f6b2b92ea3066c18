/** Means over the folder's pictures: `bytes`, and every metric and measure by its id. */
export type Score = Readonly<Record<string, number>> & { readonly bytes: number };

/**
 * The JSON that `eval-images` writes:
 * `{"images":N,"size":[w,h],"models":{"ID":[{"k","bytes","ms-ssim","psnr","ssim"}]},
 * "codecs":{"jpeg":[{"quality","bytes","ms-ssim","psnr","ssim"}],"webp":[...],"avif":[...]}}`, a value for every
 * metric, and for every learned measure that takes pictures of the size.
 * `bytes` of a model are bits * k / 8; `size` is the resolution of the codecs, the first model's.
 */
export interface Evaluation {
  readonly images: number;
  readonly size: readonly [number, number];
  readonly models: Readonly<Record<string, readonly (Score & { readonly k: number })[]>>;
  readonly codecs: Readonly<Record<string, readonly (Score & { readonly quality: number })[]>>;
}

type Row = readonly [name: string, setting: string, score: Score];

/** What stands in a column of the table. */
interface Column {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
}

/** An evaluation as an aligned plain-text table; a dash stands for what does not apply. */
export function evaluationTable(evaluation: Evaluation, columns: readonly Column[]): string {
  const rows: Row[] = [
    ...Object.entries(evaluation.models).flatMap(([id, scores]) =>
      scores.map((score): Row => [id, `k ${score.k}`, score]),
    ),
    ...Object.entries(evaluation.codecs).flatMap(([id, scores]) =>
      scores.map((score): Row => [id, `q ${score.quality}`, score]),
    ),
  ];
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const titles = columns.map(({ label, unit }) => `${label}${unit ? ` ${unit}` : ''}`);
  const lines = rows.map(([name, setting, score]) =>
    [
      name.padEnd(nameWidth),
      setting.padStart(6),
      score.bytes.toFixed(1).padStart(9),
      ...columns.map(({ id, unit }, i) =>
        (score[id]?.toFixed(unit === 'dB' ? 2 : 4) ?? '–').padStart(titles[i]!.length),
      ),
    ].join('  '),
  );
  const head = ['model'.padEnd(nameWidth), 'at'.padStart(6), 'bytes'.padStart(9), ...titles];
  const [width, height] = evaluation.size;
  return `${evaluation.images} pictures, codecs at ${width} x ${height}\n${head.join('  ')}\n${lines.join('\n')}\n`;
}
