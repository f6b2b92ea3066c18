import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { LARGEST_SEED } from '../../core/image/noise';
import { runInSlices } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, type Figure, textOf } from '../experiment';
import { bpeCurve, type CurvePoint, curveSizes, lzwCurve, OPENING } from './curves';
import { type Lines, type Symbols, switchingLines, switchingSymbols, textLines, textSymbols } from './source';

export interface State {
  readonly source: 'switching' | 'text';
  /** Probability of a 1 behind a 0. */
  readonly p: number;
  /** Probability of a 0 behind a 1. */
  readonly q: number;
  readonly k: number;
  readonly seed: number;
  /** Tokens in the dictionary. */
  readonly d: number;
}

export interface Result extends Lines {
  readonly source: State['source'];
  /** The least probability of a step of the switching source, δ; undefined for a text. */
  readonly leastStep: number | undefined;
  /** How many different characters there are. */
  readonly alphabet: number;
  /** Characters that were learned from. */
  readonly learned: number;
  /** Other characters, that the loss is measured on. */
  readonly measured: number;
  /** The first of those. */
  readonly opening: string;
  /** By size, ascending; the first one is that of single characters. Empty for a text that is too short. */
  readonly bpe: readonly CurvePoint[];
  readonly lzw: readonly CurvePoint[];
}

/** Sizes of a dictionary: no more than 1024 for bits, which 200 000 symbols do not fill. */
export const LARGEST = { switching: 1024, text: 4096 } as const;

/** Characters that a text must have for a part of it to be set aside. */
export const SHORTEST_TEXT = 100;

const chance = v.pipe(v.number(), v.minValue(0.01), v.maxValue(0.99));
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const state = v.strictObject({
  source: v.optional(v.picklist(['switching', 'text']), 'switching'),
  p: v.optional(chance, 0.1),
  q: v.optional(chance, 0.1),
  k: v.optional(whole(1, 8), 2),
  seed: v.optional(whole(0, LARGEST_SEED), 1),
  d: v.optional(whole(2, LARGEST.text), 256),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 400_000 },
  state,
  control: 'd',
  shown: ['d'],
  isRandom: ({ source }) => source === 'switching',

  async run({ source, p, q, k, seed }, input, { signal, progress, preview }) {
    // A text is taken even where it is not used, so that a picture is refused.
    const text = textOf(input);
    const switching = { p, q, k };
    const isText = source === 'text';
    const symbols = isText ? textSymbols(text) : switchingSymbols(switching, seed);
    const frame = {
      ...(isText ? textLines(text) : switchingLines(switching)),
      source,
      leastStep: isText ? undefined : Math.min(p, q, 1 - p, 1 - q),
      alphabet: symbols.alphabet.length,
      learned: symbols.learn.length,
      measured: symbols.measured,
      opening: openingOf(symbols),
    };
    const bpe: CurvePoint[] = [];
    const lzw: CurvePoint[] = [];
    const result = (): Result => ({ ...frame, bpe: [...bpe], lzw: [...lzw] });
    if (symbols.learn.length + symbols.measured < SHORTEST_TEXT) {
      await runInSlices(() => 1, { ...(signal && { signal }), ...(progress && { onProgress: progress }) });
      return result();
    }
    const most = LARGEST[source];
    if (symbols.alphabet.length >= most / 2) {
      throw new TokenoscopeError(
        'text-too-large',
        `This text has ${symbols.alphabet.length} different characters, and every one needs a place in the dictionary.`,
        `Take a text with fewer than ${most / 2}.`,
      );
    }
    const sizes = curveSizes(symbols.alphabet.length, most);
    const steps = [
      { curve: bpe, points: bpeCurve(symbols, sizes) },
      { curve: lzw, points: lzwCurve(symbols, sizes) },
    ];
    // LZW takes about half of the time.
    const shareOf = (turn: number, part: number) => (turn === 0 ? 0.5 * part : 0.5 + 0.49 * part);
    let at = 0;
    const step = () => {
      const { curve, points } = steps[at]!;
      const next = points.next();
      if (next.done) at++;
      else if (next.value) {
        curve.push(next.value);
        preview?.(result());
      }
      return at === steps.length ? 1 : shareOf(at, next.done ? 0 : curve.length / sizes.length);
    };
    await runInSlices(step, { ...(signal && { signal }), ...(progress && { onProgress: progress }) });
    return result();
  },

  figures(result, { d }) {
    const at = pointAt(result.bpe, d);
    const characters = result.bpe[0]?.loss;
    const hasLines = result.bpe.length > 0;
    const bits = (id: string, label: string, value: number | undefined): Figure => ({
      id,
      label,
      value,
      unit: 'bits per character',
    });
    return [
      bits('loss', 'Unigram loss over BPE tokens', at?.loss),
      bits('lzw-loss', 'Unigram loss over LZW tokens', pointAt(result.lzw, d)?.loss),
      bits('characters', 'Unigram loss over characters', characters),
      bits(
        'entropy-rate',
        result.source === 'text' ? 'First-order entropy of the text' : 'Entropy rate, the least possible',
        hasLines ? result.entropyRate : undefined,
      ),
      {
        id: 'ratio',
        label:
          result.source === 'text'
            ? 'BPE loss against the first-order entropy'
            : 'BPE loss against the entropy rate',
        value: at && result.entropyRate > 0 ? at.loss / result.entropyRate : undefined,
        unit: 'times',
      },
      {
        id: 'break-even',
        label: 'Smallest dictionary that pays',
        value: breakEven(result.bpe),
        unit: 'tokens',
      },
      {
        id: 'characters-per-token',
        label: 'Characters per BPE token',
        value: at && result.measured / at.tokens,
        unit: 'characters',
      },
    ];
  },
};

/** The point of the largest dictionary with no more than `size` tokens; the first one where all are larger. */
export function pointAt(curve: readonly CurvePoint[], size: number): CurvePoint | undefined {
  return curve.findLast((point) => point.size <= size) ?? curve[0];
}

/** The size from which on every dictionary costs less than single characters; undefined where the largest does not. */
export function breakEven(curve: readonly CurvePoint[]): number | undefined {
  const none = curve[0]?.loss;
  if (none === undefined) return undefined;
  return curve[curve.findLastIndex(({ loss }) => loss >= none) + 1]?.size;
}

/**
 * What the paper guarantees of LZW, in bits per character: H∞ / (1 − ε), ε = ln(1/δ) / (0.99 ln d). Undefined where ε is
 * 1 or more, which says nothing. Its constants are recalled and not checked against the paper.
 */
export function lzwBound({ leastStep, entropyRate }: Result, size: number): number | undefined {
  if (leastStep === undefined) return undefined;
  const epsilon = Math.log(1 / leastStep) / (0.99 * Math.log(size));
  return epsilon < 1 ? entropyRate / (1 - epsilon) : undefined;
}

function openingOf({ alphabet, measure }: Symbols): string {
  const end = measure.indexOf(-1);
  const ids = measure.subarray(0, Math.min(OPENING, end < 0 ? measure.length : end));
  return Array.from(ids, (id) => alphabet[id]!).join('');
}
