import type { Steps } from '../core/image/sampling';

/** Means over the folder's pictures: `bytes`, and every measure by its id. */
export type Score = Readonly<Record<string, number>> & { readonly bytes: number };

/** The same of a model at a prefix length; one that samples also says how it drew. */
interface ModelScore {
  readonly k: number;
  readonly steps?: Steps;
  readonly seed?: number;
  readonly bytes: number;
  readonly [metric: string]: Steps | undefined;
}

/**
 * The JSON that `eval-images` writes:
 * `{"images":N,"size":[w,h],"models":{"ID":[{"k","bytes","ms-ssim","psnr","ssim"}]},
 * "codecs":{"jpeg":[{"quality","bytes","ms-ssim","psnr","ssim"}],"webp":[...],"avif":[...]}}`, a value for every
 * measure that takes pictures of the size.
 * `bytes` of a model are bits * k / 8; one that samples also has its `steps` and `seed`; `size` is the resolution of the codecs, the first model's.
 */
export interface Evaluation {
  readonly images: number;
  readonly size: readonly [number, number];
  readonly models: Readonly<Record<string, readonly ModelScore[]>>;
  readonly codecs: Readonly<Record<string, readonly (Score & { readonly quality: number })[]>>;
}

type Row = readonly [name: string, setting: string, score: Score | ModelScore];

/** The content of a column of the table. */
interface Column {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
}

/** An evaluation as an aligned plain-text table; a dash stands for what does not apply. */
export function evaluationTable(evaluation: Evaluation, columns: readonly Column[]): string {
  const rows: Row[] = [
    ...Object.entries(evaluation.models).flatMap(([id, scores]) =>
      scores.map((score): Row => [id, settingOf(score), score]),
    ),
    ...Object.entries(evaluation.codecs).flatMap(([id, scores]) =>
      scores.map((score): Row => [id, `q ${score.quality}`, score]),
    ),
  ];
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const settingWidth = Math.max(6, ...rows.map(([, setting]) => setting.length));
  const titles = columns.map(({ label, unit }) => `${label}${unit ? ` ${unit}` : ''}`);
  const lines = rows.map(([name, setting, score]) =>
    [
      name.padEnd(nameWidth),
      setting.padStart(settingWidth),
      score.bytes.toFixed(1).padStart(9),
      ...columns.map(({ id, unit }, i) => {
        const value = score[id];
        const text = typeof value === 'number' ? value.toFixed(unit === 'dB' ? 2 : 4) : '–';
        return text.padStart(titles[i]!.length);
      }),
    ].join('  '),
  );
  const head = ['model'.padEnd(nameWidth), 'at'.padStart(settingWidth), 'bytes'.padStart(9), ...titles];
  const [width, height] = evaluation.size;
  return `${evaluation.images} pictures, codecs at ${width} x ${height}\n${head.join('  ')}\n${lines.join('\n')}\n`;
}

function settingOf({ k, steps }: ModelScore): string {
  if (steps === undefined) return `k ${k}`;
  return `k ${k}, ${steps}${typeof steps === 'number' ? (steps === 1 ? ' step' : ' steps') : ''}`;
}
