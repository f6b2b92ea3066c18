import { throwIfAborted } from '../../core/errors';
import { changed, concatenate, type HalfFile } from './half-file';
import type { Layout, Run } from './layout';
import { STORED, STORED_BYTES, storedNumbers } from './torch/numbers';
import { elements, gathered } from './torch/tensors';
import type { ReadAt } from './torch/zip';

/** Converts a file in parts, as `HalfFile` does: any part by itself that begins and ends at a `cut`. */
export type Conversion = Pick<HalfFile, 'cut' | 'convert'>;

/** A conversion whose result is converted on. */
interface Placed extends Conversion {
  /** Where in the result the part behind a `cut` begins. */
  place(position: number): number;
}

/**
 * Reads the tensors of a file that do not arrive in order.
 * @throws TokenoscopeError `model-fetch`, `file-unreadable`, `checkpoint-refused`, `aborted`
 */
export async function readLoose(
  { loose }: Layout,
  readAt: ReadAt,
  signal?: AbortSignal,
): Promise<readonly Uint8Array[]> {
  const read: Uint8Array[] = [];
  for (const { name, type, dims, strides, from, reach } of loose) {
    throwIfAborted(signal);
    const size = elements[type];
    const bytes = reach === 0 ? new Uint8Array(0) : await readAt(from, reach * size);
    read.push(storedNumbers(gathered({ dims, strides }, bytes, size).slice(), type, name));
  }
  return read;
}

/**
 * A published file as a part of a safetensors file.
 * @param header of the safetensors file; empty for all files but the first
 * @param loose what `readLoose` gave
 */
export function asSafetensors(layout: Layout, header: Uint8Array, loose: readonly Uint8Array[]): Placed {
  const { runs, known, name } = layout;
  const head = concatenate([header, ...loose]);
  const endOf = ({ from, count, type }: Run) => from + count * elements[type];
  return {
    cut(position) {
      const inside = runs.find((run) => position < endOf(run));
      return inside && position > inside.from
        ? position - ((position - inside.from) % elements[inside.type])
        : position;
    },
    place(position) {
      if (position === 0) return 0;
      return runs
        .filter(({ from }) => from < position)
        .reduce((sum, run) => {
          const count = (Math.min(endOf(run), position) - run.from) / elements[run.type];
          return sum + count * STORED_BYTES[STORED[run.type]];
        }, head.length);
    },
    convert(from, part) {
      const end = from + part.length;
      for (const { from: at, bytes } of known) {
        const [first, last] = [Math.max(at, from), Math.min(at + bytes.length, end)];
        for (let i = first; i < last; i++) if (part[i - from] !== bytes[i - at]) throw changed(name);
      }
      const results: Uint8Array[] = from === 0 ? [head] : [];
      for (const run of runs) {
        const [first, last] = [Math.max(run.from, from), Math.min(endOf(run), end)];
        if (first < last)
          results.push(storedNumbers(part.subarray(first - from, last - from), run.type, run.tensor));
      }
      return concatenate(results);
    },
  };
}

/**
 * The same, in half precision.
 * @param half of the whole safetensors file
 * @param start where in it the part begins
 */
export function halved(part: Placed, half: HalfFile, start: number): Conversion {
  return {
    cut: (position) => part.cut(position),
    convert: (from, bytes) => half.convert(start + part.place(from), part.convert(from, bytes)),
  };
}
