import * as v from 'valibot';
import { decodeUtf8 } from '../../core/text/utf8';
import { pauses } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, type Figure, textOf } from '../experiment';
import { type Coding, type Codings, codeAll, SIZES } from './all-codings';
import { trainByteModel } from './byte-model';
import { type Coded, tokensIn } from './coding';
import { PLACES } from './damage';
import { networkPredictor } from './network-m1';
import { type ReadBack, readBack } from './read-back';
import { type Learn, sourceOf } from './source';
import { type Learned, learnTokens } from './token-model';

export interface State {
  readonly b: (typeof SIZES)[number];
  /** How many different tokens there are: 256 of 8 bits, or 65,536 of 16. */
  readonly v: 256 | 65536;
  /** Which place of the passage loses a bit, 1 to 40; 0 for none. */
  readonly flip: number;
  /** What M1 learns from: the first part of the text, or the book that is shipped. */
  readonly learn: Learn;
}

export interface Result extends Codings {
  /** What M1 learned from: of a short text, the book instead of the text itself. */
  readonly learn: State['learn'];
  /** Bytes that M1 learned from. */
  readonly learned: number;
  /** Whether what is coded stands in it. */
  readonly hasRead: boolean;
  /** Bytes that were coded. */
  readonly bytes: number;
  /** The beginning of them: what is drawn of any coding. */
  readonly drawn: Uint8Array;
  /** What M2 learned of tokens of 8 and of 16 bits, by `SIZES`; fewer while it learns. */
  readonly m2: readonly M2[];
  /** Undefined until it is done. */
  readonly readBack: ReadBack | undefined;
  /** Tokens of ordinary tokenizers, by `TOKENIZERS`; fewer while they are loaded. */
  readonly tokens: readonly number[];
}

/** Undefined for a short text. */
export type M2 = Readonly<Record<State['v'], Learned | undefined>>;

/** M1 where it is a network: the paper’s has ten times its parameters, but a byte takes ten times as long then. */
const NETWORK = 'lm-draft';

/** Bytes of the passage that is drawn then: without windows, all behind a flipped bit is read anew for each place. */
const PASSAGE_OF_NETWORK = 400;

/** Why there is no figure of the tokens that a network writes. */
const FEW = 'A network codes 4 kB only, too little for their tokens to be learned.';

/** The tokenizers that are compared: the paper's has 32,000 tokens. */
export const TOKENIZERS = [
  { id: 'llama-2', name: 'Llama 2, SentencePiece 32k' },
  { id: 'gpt2', name: 'GPT-2, BPE 50k' },
] as const;

/** What the paper reports: token ratios with 8-bit tokens, bits per byte. */
export const PAPER: {
  readonly ratios: Readonly<Record<string, number | undefined>>;
  /** With 16-bit tokens. */
  readonly ratios16: Readonly<Record<string, number | undefined>>;
  readonly sentencePiece: number;
  readonly m1: number;
  readonly uniform16: number;
  readonly gain16: number;
} = {
  ratios: { static: 1.73, '16': 2.66, '32': 3.49, '64': 4.16, '128': 4.61, '0': 5.49 },
  ratios16: { '16': 5.3 },
  sentencePiece: 4.28,
  m1: 1.457,
  uniform16: 3.008,
  gain16: 0.032,
};

const state = v.strictObject({
  b: v.optional(v.picklist(SIZES), 16),
  v: v.optional(v.picklist([256, 65536]), 256),
  flip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(PLACES)), 10),
  learn: v.optional(v.picklist(['own', 'book', 'network']), 'own'),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 400_000 },
  state,
  control: 'b',
  shown: ['b', 'v', 'flip'],

  async run({ learn }, input, { signal, progress, preview, tokenizer: load, languageModel }) {
    const { coded: bytes, learned, ...source } = await sourceOf(textOf(input), learn);
    const part = (from: number, to: number) => ({
      ...(signal && { signal }),
      onProgress: (share: number) => progress?.(from + (to - from) * share),
    });
    const m1 = learn === 'network' ? (await languageModel(NETWORK)).model : undefined;
    const trained = m1 ? undefined : await trainByteModel(learned, part(0, 0.2));
    // A network is asked anew for what is read back: nothing of the coding is remembered then.
    const predictor = () => trained ?? networkPredictor(m1!, signal);
    const predict = predictor();
    const frame = { ...source, learned: learned.length, bytes: bytes.length };
    let read: ReadBack | undefined;
    const resultOf = (parts: Codings, m2: readonly M2[], tokens: readonly number[]): Result => {
      const drawn = Math.max(0, ...parts.codings.map(({ passage }) => passage));
      return { ...frame, ...parts, drawn: bytes.slice(0, drawn), m2, readBack: read, tokens };
    };
    const streams: Coded[] = [];
    const parts = await codeAll(bytes, predict, {
      ...(m1 && { passage: PASSAGE_OF_NETWORK }),
      keep: (coded) => streams.push(coded),
      preview: (codings) => preview?.(resultOf(codings, [], [])),
      pause: pauses(part(0.2, 0.75)),
    });
    read = await readBack(bytes, streams, predictor(), pauses(part(0.75, 0.8)));
    const m2: M2[] = [];
    for (const coded of streams) {
      const learn8 = await learnTokens(coded, bytes.length, 8, signal);
      m2.push({ 256: learn8, 65536: await learnTokens(coded, bytes.length, 16, signal) });
      progress?.(0.8 + (0.1 * m2.length) / streams.length);
      preview?.(resultOf(parts, [...m2], []));
    }
    const text = decodeUtf8(bytes);
    const tokens: number[] = [];
    for (const { id } of TOKENIZERS) {
      const tokenizer = await load(id);
      tokens.push((await tokenizer.encodeInSlices(text, signal ? { signal } : {})).ids.length);
      progress?.(0.9 + (0.1 * tokens.length) / TOKENIZERS.length);
    }
    return resultOf(parts, m2, tokens);
  },

  figures(result, { b, v: tokenCount, flip }) {
    const of = (size: State['b']) => codingOf(result, size);
    const coding = of(b);
    const perToken = (tokens: number | undefined) => (tokens ? result.bytes / tokens : undefined);
    const ratio = (id: string, label: string, tokens: number | undefined): Figure => ({
      id,
      label,
      value: perToken(tokens),
      unit: 'bytes per token',
    });
    const name = b === 0 ? 'no windows' : `windows of ${b} bits`;
    const width = tokenCount === 256 ? 8 : 16;
    const windows = coding?.windows ?? 0;
    return [
      ratio('ratio', `Token ratio: ${name}, tokens of ${width} bits`, coding && tokensIn(coding.bits, width)),
      ...SIZES.map((size) => {
        const bits = of(size)?.bits;
        return ratio(
          size === 0 ? 'ratio-ac' : `ratio-${size}`,
          size === 0 ? 'Token ratio: no windows, 8 bits' : `Token ratio: windows of ${size} bits, 8 bits`,
          bits === undefined ? undefined : tokensIn(bits, 8),
        );
      }),
      ...TOKENIZERS.map(({ id, name: whose }, i) =>
        ratio(`ratio-${id}`, `Token ratio: ${whose}`, result.tokens[i]),
      ),
      {
        id: 'm1',
        label: 'M1 without windows',
        value: result.bytes > 0 ? result.costs?.known : undefined,
        unit: 'bits per byte',
      },
      {
        id: 'uniform',
        label: `A uniform model of 8-bit tokens pays: ${name}`,
        value: coding && bitsPerByte(result, coding),
        unit: 'bits per byte',
      },
      {
        id: 'gain-16',
        label: 'Knowing how frequent each token is saves: windows of 16 bits',
        value: of(16) && unigramGain(result, of(16)!),
        unit: 'bits per byte',
        ...noteOf(result),
      },
      saved(
        'm2',
        `M2 saves against a uniform model: ${name}, tokens of ${width} bits`,
        result,
        b,
        tokenCount,
      ),
      saved('m2-16', 'M2 saves: windows of 16 bits, tokens of 8 bits', result, 16, 256),
      saved('m2-ac', 'M2 saves: no windows, tokens of 8 bits', result, 0, 256),
      {
        id: 'read-back',
        label: 'Bytes read out of the bits as they were written, M1 asked anew',
        value: result.readBack && shareOf(result.readBack),
        unit: '%',
      },
      {
        id: 'ambiguous',
        label: `Windows that zeros alone would not end: ${name}`,
        value: windows > 0 ? 100 - (100 * coding!.endings.padded) / windows : b === 0 ? 0 : undefined,
        unit: '%',
      },
      {
        id: 'damage',
        label: `Bytes that one flipped bit damages: ${name}`,
        value: damage(coding, flip),
        unit: 'bytes',
      },
      {
        id: 'damage-ac',
        label: `The same: no windows, of the bytes shown`,
        value: damage(of(0), flip),
        unit: 'bytes',
      },
    ];
  },
};

/** Undefined while it is still to come. */
export function codingOf({ codings }: Result, size: State['b']): Coding | undefined {
  return codings.find((coding) => coding.size === size);
}

/** Bits for each byte of the text. With 8-bit tokens that a uniform model predicts, also what it pays. */
export function bitsPerByte({ bytes }: Result, { bits }: Coding): number | undefined {
  return bytes > 0 ? (8 * tokensIn(bits, 8)) / bytes : undefined;
}

/** Bits for each byte that a unigram model of 8-bit tokens pays less than a uniform one. */
export function unigramGain({ bytes }: Result, { bits, unigram }: Coding): number | undefined {
  return unigram === undefined ? undefined : ((8 - unigram) * tokensIn(bits, 8)) / bytes;
}

/** What M2 learned of the tokens of a coding; undefined where it is still to come, or the text is short. */
export function learnedOf({ m2 }: Result, size: State['b'], tokens: State['v']): Learned | undefined {
  return m2[SIZES.indexOf(size)]?.[tokens];
}

function saved(id: string, label: string, result: Result, size: State['b'], tokens: State['v']): Figure {
  const found = learnedOf(result, size, tokens);
  const value = found && found.uniform - found.m2;
  return { id, label, value, unit: 'bits per byte', ...noteOf(result) };
}

function noteOf({ learn }: Result): Pick<Figure, 'note'> {
  return learn === 'network' ? { note: FEW } : {};
}

/** Per cent; undefined where nothing was read. */
function shareOf({ bytes, right }: ReadBack): number | undefined {
  return bytes > 0 ? (100 * right) / bytes : undefined;
}

function damage(coding: Coding | undefined, flip: number): number | undefined {
  if (flip === 0 && coding) return 0;
  const found = coding?.flips[flip - 1];
  return found && found.to - found.from;
}
