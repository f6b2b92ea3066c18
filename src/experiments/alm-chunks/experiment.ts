import * as v from 'valibot';
import { textTokenizers } from '../../catalog/tokenizers';
import { encodeUtf8 } from '../../core/text/utf8';
import { runInSlices } from '../../tokenizers/slices';
import { alice } from '../alice';
import { type Experiment, textOf } from '../experiment';
import { alignedChunks, type Chunks, mergedChunks, spaceAt, spaceChances } from './align';

/** Which common ends of tokens end a chunk. */
export const rules = ['greedy', 'likely', 'space'] as const;

export interface State {
  readonly teacher: string;
  readonly student: string;
  readonly rule: (typeof rules)[number];
  /** Per cent: with `likely`, a chunk ends where a space follows with more than this probability. */
  readonly gamma: number;
}

export interface Result {
  /** Greedy chunks: each common end of tokens ends one. */
  readonly chunks: Chunks;
  /** For each greedy chunk: whether a space follows, and how often one follows the teacher's last token in this text. */
  readonly spaces: Uint8Array;
  readonly chances: Float64Array;
  /** The beginning of the text, to be drawn. */
  readonly drawn: Drawn;
}

export interface Drawn {
  readonly bytes: Uint8Array;
  readonly teacher: Uint32Array;
  readonly student: Uint32Array;
}

/** Bytes of the text that a view may draw. */
const DRAWN = 6000;

const ids = textTokenizers.map(({ id }) => id);
const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99));

const state = v.strictObject({
  teacher: v.optional(v.picklist(ids), 'llama-3'),
  student: v.optional(v.picklist(ids), 'gpt2'),
  rule: v.optional(v.picklist(rules), 'likely'),
  gamma: v.optional(percent, 10),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'alice', samples: [alice] },
  state,
  control: 'gamma',
  shown: ['rule', 'gamma'],

  async run(chosen, input, { signal, progress, tokenizer: load }) {
    const text = textOf(input).toWellFormed();
    const bytes = encodeUtf8(text);
    const encode = async (id: string, from: number) => {
      const tokenizer = await load(id);
      return await tokenizer.encodeInSlices(text, {
        ...(signal && { signal }),
        onProgress: (share) => progress?.(from + 0.4 * share),
      });
    };
    const teacher = await encode(chosen.teacher, 0);
    const student = await encode(chosen.student, 0.4);

    const walk = alignedChunks(teacher, student, bytes.length);
    let chunks: Chunks | undefined;
    const step = () => {
      const next = walk.next();
      if (!next.done) return next.value;
      chunks = next.value;
      return 1;
    };
    await runInSlices(step, {
      ...(signal && { signal }),
      onProgress: (share) => progress?.(0.8 + 0.2 * share),
    });
    const aligned = chunks!;
    const chanceOf = spaceChances(teacher, bytes);
    let last = -1;
    const chances = Float64Array.from(aligned.teacher, (count) => {
      last += count;
      return chanceOf[last] ?? 0;
    });
    return {
      chunks: aligned,
      spaces: Uint8Array.from(aligned.ends, (end) => (spaceAt(bytes, end) ? 1 : 0)),
      chances,
      drawn: {
        bytes: bytes.slice(0, DRAWN),
        teacher: teacher.ends.filter((end) => end <= DRAWN),
        student: student.ends.filter((end) => end <= DRAWN),
      },
    };
  },

  figures(result, { rule, gamma }) {
    const { chunks, spaces } = result;
    const shown = chunksBy(result, rule, gamma);
    const bytes = chunks.ends.at(-1) ?? 0;
    const count = shown.ends.length;
    const inner = Math.max(0, chunks.ends.length - 1);
    const uncertain = spaces.subarray(0, inner).filter((space) => space === 0).length;
    const single = shown.teacher.filter((tokens, i) => tokens === 1 && shown.student[i] === 1).length;
    const per = (value: number) => (count > 0 ? value / count : undefined);
    return [
      {
        id: 'least-certain',
        label: 'Least probability of a space at an end that is kept',
        value: leastChance(result, rule, gamma),
        unit: 'probability',
      },
      { id: 'chunks', label: 'Chunks', value: count, unit: 'chunks' },
      { id: 'greedy', label: 'Chunks if every common end counts', value: chunks.ends.length, unit: 'chunks' },
      {
        id: 'uncertain',
        label: 'Common ends that no space follows',
        value: inner > 0 ? (100 * uncertain) / inner : undefined,
        unit: '%',
      },
      { id: 'bytes-per-chunk', label: 'Mean length of a chunk', value: per(bytes), unit: 'bytes' },
      {
        id: 'longest',
        label: 'Longest chunk',
        value: count > 0 ? Math.max(...lengthsOf(shown)) : undefined,
        unit: 'bytes',
      },
      { id: 'one-to-one', label: 'Chunks of one token each', value: per(100 * single), unit: '%' },
      {
        id: 'teacher-per-chunk',
        label: 'Teacher tokens a chunk',
        value: per(shown.teacher.reduce((sum, tokens) => sum + tokens, 0)),
        unit: 'tokens',
      },
      {
        id: 'student-per-chunk',
        label: 'Student tokens a chunk',
        value: per(shown.student.reduce((sum, tokens) => sum + tokens, 0)),
        unit: 'tokens',
      },
    ];
  },
};

/** The chunks that a rule leaves. */
export function chunksBy(result: Result, rule: State['rule'], gamma: number): Chunks {
  return rule === 'greedy' ? result.chunks : mergedChunks(result.chunks, keptBy(result, rule, gamma));
}

/** Bytes of each chunk. */
export function lengthsOf({ ends }: Chunks): Uint32Array {
  return ends.map((end, i) => end - (ends[i - 1] ?? 0));
}

function keptBy({ spaces, chances }: Result, rule: State['rule'], gamma: number): (chunk: number) => boolean {
  if (rule === 'greedy') return () => true;
  return rule === 'space' ? (chunk) => spaces[chunk] === 1 : (chunk) => chances[chunk]! > gamma / 100;
}

/** Undefined where no chunk ends within the text. */
function leastChance(result: Result, rule: State['rule'], gamma: number): number | undefined {
  const keeps = keptBy(result, rule, gamma);
  let least: number | undefined;
  for (let chunk = 0; chunk + 1 < result.chunks.ends.length; chunk++) {
    const chance = result.chances[chunk]!;
    if (keeps(chunk) && (least === undefined || chance < least)) least = chance;
  }
  return least;
}
