import * as v from 'valibot';
import { runInSlices } from '../../tokenizers/slices';
import { type Experiment, textOf } from '../experiment';

/** Unicode normalization forms, and the text as it is. */
export const forms = ['none', 'NFC', 'NFD', 'NFKC', 'NFKD'] as const;

export interface State {
  readonly form: (typeof forms)[number];
}

export interface Result {
  /** Unicode code points that take 1, 2, 3 and 4 bytes. */
  readonly counts: readonly [number, number, number, number];
}

const state = v.strictObject({ form: v.optional(v.picklist(forms), 'none') });

/** Characters between two looks at the clock. */
const BATCH = 4096;

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: 'mixed-scripts' },
  state,
  control: 'form',

  async run({ form }, input, { signal, progress }) {
    const original = textOf(input);
    const text = form === 'none' ? original : original.normalize(form);
    const counts: [number, number, number, number] = [0, 0, 0, 0];
    let at = 0;
    const step = () => {
      for (const end = Math.min(text.length, at + BATCH); at < end; ) {
        const point = text.codePointAt(at)!;
        at += point > 0xffff ? 2 : 1;
        counts[bytesOf(point) - 1]!++;
      }
      return text.length === 0 ? 1 : at / text.length;
    };
    await runInSlices(step, { ...(signal && { signal }), ...(progress && { onProgress: progress }) });
    return { counts };
  },

  figures({ counts }) {
    const characters = counts.reduce((sum, count) => sum + count, 0);
    const bytes = counts.reduce((sum, count, i) => sum + count * (i + 1), 0);
    return [
      {
        id: 'bytes-per-character',
        label: 'Bytes per character',
        value: characters === 0 ? undefined : bytes / characters,
        unit: 'bytes',
      },
      { id: 'characters', label: 'Characters', value: characters, unit: 'code points' },
      { id: 'bytes', label: 'Bytes', value: bytes, unit: 'bytes' },
    ];
  },
};

/** UTF-8 bytes of a code point; a lone surrogate becomes U+FFFD, which takes 3. */
function bytesOf(point: number): 1 | 2 | 3 | 4 {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
