import { useEffect, useMemo, useRef, useState } from 'react';
import { toWireError } from '../../../../core/errors';
import type { CutCurve } from '../../../../core/text/vocabulary-cut';
import type { SegmentProgress } from '../../../../engine/text/text.api';
import { useLab } from '../../context';
import type { TextDocument } from '../../documents';
import type { LabTokenizer } from '../../lab-tokenizers';
import { Latest, LatestOfEach } from './latest';
import { tokenizerRef } from './tokenizer-ref';

/** While somebody types, curves wait this long. */
const WAIT_MS = 120;

/** One tokenizer's curve; null where its vocabulary cannot be cut. */
export type CurveState =
  | { readonly kind: 'waiting' /** 0 to 1, once it is known. */; readonly share?: number }
  | { readonly kind: 'curve'; readonly curve: CutCurve | null }
  | { readonly kind: 'failed'; readonly message: string };

const WAITING: CurveState = { kind: 'waiting' };
const STOPPED: CurveState = { kind: 'failed', message: 'Counting was stopped.' };

/** The curves of some tokenizers, and what can be done while they are made. */
export interface Curves {
  curveOf(id: string): CurveState;
  readonly isCounting: boolean;
  stop(): void;
  again(): void;
}

/** Makes the curves of tokenizers for a text. Those of an older text stay until the newer ones are there. */
export function useCurves(tokenizers: readonly LabTokenizer[], document: TextDocument): Curves {
  const { own, segmenter } = useLab();
  const [states, setStates] = useState<Readonly<Record<string, CurveState>>>({});
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const [turn, setTurn] = useState(0);
  const work = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is the same work again
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    work.current = controller;
    setWaiting(new Set(tokenizers.map(({ id }) => id)));
    const set = (id: string, state: CurveState) => {
      if (signal.aborted) return;
      setStates((before) => {
        // The curve of the text before says more than a share of the next.
        const isKept = state.kind === 'waiting' && before[id]?.kind === 'curve';
        return isKept ? before : { ...before, [id]: state };
      });
      if (state.kind !== 'waiting') setWaiting((before) => new Set([...before].filter((one) => one !== id)));
    };
    const count = async ({ id, label }: LabTokenizer): Promise<CurveState> => {
      const tokenizer = await tokenizerRef(id, label, own);
      if (!tokenizer) return { kind: 'failed', message: 'Its file is not here.' };
      const onProgress = (progress: SegmentProgress) => {
        if (progress.phase === 'encode') set(id, { kind: 'waiting', share: progress.share });
      };
      return {
        kind: 'curve',
        curve: await segmenter.cutCurve({ tokenizer }, document, { signal, onProgress }),
      };
    };
    const failed = (error: unknown): CurveState => {
      const { message, hint } = toWireError(error);
      return { kind: 'failed', message: `${message} ${hint}`.trim() };
    };
    const timer = setTimeout(() => {
      for (const one of tokenizers) {
        void count(one)
          .catch(failed)
          .then((state) => set(one.id, state));
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [tokenizers, document, own, segmenter, turn]);
  return {
    curveOf: (id) => states[id] ?? WAITING,
    isCounting: waiting.size > 0,
    stop() {
      work.current?.abort();
      setStates((before) => ({ ...before, ...Object.fromEntries([...waiting].map((id) => [id, STOPPED])) }));
      setWaiting(new Set());
    },
    again: () => setTurn(turn + 1),
  };
}

interface Want {
  readonly tokenizer: LabTokenizer;
  readonly document: TextDocument;
  readonly size: number;
}

/**
 * How many tokens the text has with each tokenizer at one size, by id; those not known are absent. Each is told as soon as
 * it is known: one that takes long (a lattice for every word) holds no other up.
 */
export function useCounts(
  tokenizers: readonly LabTokenizer[],
  document: TextDocument,
  size: number,
): Readonly<Record<string, number>> {
  const { own, segmenter } = useLab();
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const counting = useMemo(
    () =>
      new LatestOfEach<Want, number | undefined>(
        () =>
          new Latest(
            async ({ tokenizer: { id, label }, document, size }, signal) => {
              const tokenizer = await tokenizerRef(id, label, own);
              if (!tokenizer) return undefined;
              const curve = await segmenter.cutCurve({ tokenizer, sizes: [size] }, document, { signal });
              return curve?.counts[0];
            },
            (running, wanted) => running.document === wanted.document,
            {
              done: ({ tokenizer }, count) =>
                count !== undefined && setCounts((before) => ({ ...before, [tokenizer.id]: count })),
              // What fails is told where the curve would be.
              failed: () => undefined,
              busy: () => undefined,
            },
          ),
      ),
    [own, segmenter],
  );
  useEffect(
    () => counting.want(new Map(tokenizers.map((one) => [one.id, { tokenizer: one, document, size }]))),
    [counting, tokenizers, document, size],
  );
  useEffect(() => () => counting.want(new Map()), [counting]);
  return counts;
}
