import { boundariesOf, boundaryF1, differingChunks } from '../../core/text/boundaries';
import { layoutDiff } from '../../core/text/diff-rows';
import { runInSlices } from '../../tokenizers/slices';
import type { Handlers } from '../rpc/server';
import type { CompareApi } from './compare.api';

/** The compare worker's work, without the worker itself. It keeps nothing. */
export function compareHandlers(): Handlers<CompareApi> {
  return {
    async matrix({ sequences, length }, { signal, transfer }) {
      const count = sequences.length;
      const boundaries: Uint32Array[] = [];
      const values = new Float64Array(count * count).fill(1);
      await runInSlices(
        () => {
          const next = sequences[boundaries.length];
          if (!next) return 1;
          const i = boundaries.push(boundariesOf(next, length)) - 1;
          for (let j = 0; j < i; j++) {
            const value = boundaryF1(boundaries[i]!, boundaries[j]!);
            values[i * count + j] = value;
            values[j * count + i] = value;
          }
          return i + 1 === count ? 1 : 0;
        },
        { signal },
      );
      transfer(values.buffer);
      return values;
    },

    async diff({ over, under, bytes, width }, { signal, transfer }) {
      const a = boundariesOf(over, bytes.length);
      const b = boundariesOf(under, bytes.length);
      const places = differingChunks(a, b, bytes.length);
      const steps = layoutDiff(bytes, a, b, width);
      let rows = new Uint32Array(0);
      await runInSlices(
        () => {
          const step = steps.next();
          if (step.done) rows = step.value;
          return step.done ? 1 : 0;
        },
        { signal },
      );
      transfer(a.buffer, b.buffer, places.starts.buffer, places.ends.buffer, rows.buffer);
      return { over: a, under: b, places, rows, bytes: bytes.length };
    },
  };
}
