import type { NeedMethod } from '../../../core/image/need';
import { TOOL_NAME, TOOL_VERSION } from '../../../core/tool';
import { prefixTicks } from '../../../engine/image/prefix-player';
import { type ImageFacts, imageFacts } from '../../../measures/image-facts';
import { type Cell, toCsv } from '../../../views/export/table';
import type { BrokenPicture, PictureNeed } from './measure-pictures';
import { bytesOf, type NeedModel, type NeedQuestion } from './need-model';

/** Learned measures say which weights they have. */
const weights = import.meta.glob<{
  readonly id: string;
  readonly files: { readonly data: readonly { readonly sha256: string }[] };
}>('../../../../public/measures/*/measure.json', { eager: true, import: 'default' });

/** What was asked of which pictures, by what. */
export interface NeedRun {
  readonly question: NeedQuestion;
  /** How needs were searched; a picture's own `method` may be a scan where this is bisection. */
  readonly method: NeedMethod;
  readonly models: readonly Omit<NeedModel<never>, 'encode'>[];
  /** What the pictures are called together: a folder's name, "14 samples". */
  readonly name: string;
  /** Files that were given. */
  readonly files: number;
  readonly pictures: readonly PictureNeed[];
  readonly broken: readonly BrokenPicture[];
  /** When it was begun. */
  readonly date: Date;
}

export function measureOf(id: string): ImageFacts {
  return imageFacts.find((measure) => measure.id === id) ?? imageFacts[0]!;
}

/** "PSNR of at least 20 dB" */
export function describeTarget({ measure: id, better, value }: NeedQuestion): string {
  const { label, unit } = measureOf(id);
  return `${label} of at ${better === 'higher' ? 'least' : 'most'} ${value}${unit && ` ${unit}`}`;
}

function versionOf(measure: ImageFacts): string {
  const learned = Object.values(weights).find(({ id }) => id === measure.id);
  return learned
    ? `weights ${learned.files.data.map(({ sha256 }) => sha256.slice(0, 8)).join(' ')}`
    : `as in ${TOOL_NAME} ${TOOL_VERSION}`;
}

const SEARCHES: Readonly<Record<NeedMethod, string>> = {
  scan: 'every prefix from 1 token up is decoded until one reaches the target, besides the ticks 1, 2, 4, ... and all tokens',
  bisection:
    'the ticks 1, 2, 4, ... and all tokens are decoded, then bisection between the two that the target lies between; where a decoded prefix was worse than a shorter one, every smaller prefix is decoded (column method)',
};

/** Everything that somebody needs to repeat a run, in lines; docs/tokens-needed.md says it at length. */
export function protocolOf({
  question,
  method,
  models,
  name,
  files,
  pictures,
  broken,
  date,
}: NeedRun): string[] {
  const measure = measureOf(question.measure);
  const range = measure.scale ? `; ${measure.scale}` : '';
  const done = pictures.length + broken.length;
  return [
    `${TOOL_NAME} ${TOOL_VERSION}, ${date.toISOString()}`,
    `question: the smallest number of tokens whose reconstruction has ${describeTarget(question)}`,
    `measure: ${measure.label} (${measure.id}), ${versionOf(measure)}, ${measure.better} is better${range}; against the model's input`,
    `pictures: ${name}; ${pictures.length} measured, ${broken.length} left out as broken, ${files - done} not reached of ${files} files`,
    'preparation: first frame, EXIF rotation, sRGB, over white; crop: the largest centred part with the proportions of the model; resampler: bicubic, antialiased, as Pillow does',
    `search: ${SEARCHES[method]}`,
    ...models.map(
      ({ id, hash, image, tokens, sampling, backend }) =>
        `model: ${id}, hash ${hash}, ${image.width} x ${image.height}, ${tokens.count} tokens of ${tokens.bits} bits${sampling ? `, ${sampling.steps} steps, seed ${sampling.seed}${sampling.guidance === undefined ? '' : `, guidance ${sampling.guidance}`}` : ''}, on ${backend}`,
    ),
    'tokens_needed is empty where not even all tokens reach the target; bytes_needed = tokens_needed x bits / 8, rounded up',
  ];
}

/** A run as CSV: the protocol in lines that begin with #, then a row for every picture and model, then the broken files. */
export function needCsv(run: NeedRun): string {
  const { question, models, pictures, broken } = run;
  const ticks = [...new Set(models.flatMap(({ tokens }) => ticksOf(tokens)))].sort((a, b) => a - b);
  const columns = [
    'picture',
    'width',
    'height',
    'file_bytes',
    'model',
    'tokens_needed',
    'bytes_needed',
    `${question.measure}_there`,
    'method',
    ...ticks.map((k) => `${question.measure}_at_${k}`),
    'problem',
  ];
  const rows = pictures.flatMap(({ name, width, height, bytes, needs }) =>
    needs.map(({ k, quality, method, curve }, i): Cell[] => {
      const model = models[i]!;
      const needed = k === null ? null : bytesOf(model, k);
      const at = ticks.map((tick) => figure(curve.find((point) => point.k === tick)?.quality));
      return [name, width, height, bytes, model.id, k, needed, figure(quality), method, ...at, null];
    }),
  );
  const left = broken.map(({ name, bytes, reason }): Cell[] => [
    name,
    null,
    null,
    bytes,
    ...columns.slice(5).map(() => null),
    reason,
  ]);
  const head = protocolOf(run).map((line) => `# ${line}\r\n`);
  const first = `# ${head.length + 1} lines of protocol begin with #; the table's header is line ${head.length + 2}\r\n`;
  return first + head.join('') + toCsv({ columns, rows: [...rows, ...left] });
}

/** Which prefixes of a model are always decoded. */
function ticksOf({ count, ordered }: NeedModel<never>['tokens']): number[] {
  return ordered ? prefixTicks(count) : [count];
}

/** Six decimals are more than two backends agree on; the infinite PSNR of equal pictures is written as such. */
function figure(value: number | undefined): Cell {
  if (value === undefined) return null;
  return Number.isFinite(value) ? Number(value.toFixed(6)) : 'inf';
}
