import { useEffect, useMemo, useState } from 'react';
import { isAborted, toWireError } from '../../../../core/errors';
import type { CutCurve } from '../../../../core/text/vocabulary-cut';
import { useLab } from '../../context';
import type { TextDocument } from '../../documents';
import type { LabTokenizer } from '../../lab-tokenizers';
import { Latest } from './latest';
import { tokenizerRef } from './tokenizer-ref';

/** While somebody types, curves wait this long. */
const WAIT_MS = 120;

/** One tokenizer's curve; null where its vocabulary cannot be cut. */
export type CurveState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'curve'; readonly curve: CutCurve | null; readonly document: TextDocument }
  | { readonly kind: 'failed'; readonly message: string };

const WAITING: CurveState = { kind: 'waiting' };

/** The curves of tokenizers for a text, by id. Those of an older text stay until the newer ones are there. */
export function useCurves(
  tokenizers: readonly LabTokenizer[],
  document: TextDocument,
): (id: string) => CurveState {
  const { own, segmenter } = useLab();
  const [states, setStates] = useState<Readonly<Record<string, CurveState>>>({});
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const set = (id: string, state: CurveState) => {
      if (!signal.aborted) setStates((before) => ({ ...before, [id]: state }));
    };
    const draw = async ({ id, label }: LabTokenizer) => {
      try {
        const tokenizer = await tokenizerRef(id, label, own);
        if (!tokenizer) set(id, { kind: 'failed', message: 'Its file is not here.' });
        else
          set(id, {
            kind: 'curve',
            curve: await segmenter.cutCurve({ tokenizer }, document, { signal }),
            document,
          });
      } catch (error) {
        if (!isAborted(error)) set(id, { kind: 'failed', message: toWireError(error).message });
      }
    };
    const timer = setTimeout(() => tokenizers.forEach((one) => void draw(one)), WAIT_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [tokenizers, document, own, segmenter]);
  return (id) => states[id] ?? WAITING;
}

interface Want {
  readonly tokenizers: readonly LabTokenizer[];
  readonly document: TextDocument;
  readonly size: number;
}

/** How many tokens the text has with each tokenizer at one size, by id; those not known are absent. */
export function useCounts(
  tokenizers: readonly LabTokenizer[],
  document: TextDocument,
  size: number,
): Readonly<Record<string, number>> {
  const { own, segmenter } = useLab();
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const latest = useMemo(
    () =>
      new Latest<Want, Record<string, number>>(
        async (want, signal) => {
          const found: Record<string, number> = {};
          const count = async ({ id, label }: LabTokenizer) => {
            const tokenizer = await tokenizerRef(id, label, own);
            if (!tokenizer) return;
            const curve = await segmenter.cutCurve({ tokenizer, sizes: [want.size] }, want.document, {
              signal,
            });
            if (curve) found[id] = curve.counts[0]!;
          };
          // What fails is told where the curve would be.
          await Promise.allSettled(want.tokenizers.map(count));
          return found;
        },
        (running, wanted) => running.document === wanted.document,
        { done: (_, found) => setCounts(found), failed: () => undefined, busy: () => undefined },
      ),
    [own, segmenter],
  );
  useEffect(() => latest.want({ tokenizers, document, size }), [latest, tokenizers, document, size]);
  useEffect(() => () => latest.stop(), [latest]);
  return counts;
}
