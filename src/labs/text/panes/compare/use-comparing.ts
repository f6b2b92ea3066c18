import { useEffect, useState } from 'react';
import { fromWireError, isAborted, type TokenoscopeError, toWireError } from '../../../../core/errors';
import type { TokenSequence } from '../../../../core/text/token-sequence';
import type { DiffArgs, TextDiff } from '../../../../engine/text/compare.api';
import { Comparing } from '../../../../engine/text/compare.client';

/** The worker that compares, while the pane is open; null until it can be asked. */
export function useComparing(): Comparing | null {
  const [comparing, setComparing] = useState<Comparing | null>(null);
  useEffect(() => {
    const client = new Comparing();
    setComparing(client);
    return () => client.dispose();
  }, []);
  return comparing;
}

/** An answer of the worker, and what it answers: while a newer question is open, the older answer stays. */
export interface Answer<Q, A> {
  readonly question: Q;
  readonly answer: A;
}

interface Asked<Q, A> {
  readonly latest: Answer<Q, A> | null;
  readonly error: TokenoscopeError | null;
}

/** Asks whenever the question is another one; the latest wins. The question must be the same object at every render. */
function useAnswer<Q, A>(
  question: Q | null,
  ask: ((question: Q, signal: AbortSignal) => Promise<A>) | null,
): Asked<Q, A> {
  const [asked, setAsked] = useState<Asked<Q, A>>({ latest: null, error: null });
  useEffect(() => {
    if (question === null || !ask) return;
    const controller = new AbortController();
    ask(question, controller.signal).then(
      (answer) => setAsked({ latest: { question, answer }, error: null }),
      (error: unknown) => {
        if (!isAborted(error)) setAsked({ latest: null, error: fromWireError(toWireError(error)) });
      },
    );
    return () => controller.abort();
  }, [question, ask]);
  return asked;
}

/** Every two of these tokenizations of one text. */
export interface MatrixQuestion {
  readonly ids: readonly string[];
  readonly sequences: readonly TokenSequence[];
  readonly length: number;
}

/** @param ask `askMatrix(...)`, the same at every render */
export const useMatrix = useAnswer<MatrixQuestion, Float64Array>;
/** @param ask `askDiff(...)`, the same at every render */
export const useDiff = useAnswer<DiffArgs, TextDiff>;

export const askMatrix = (comparing: Comparing | null) =>
  comparing &&
  (({ sequences, length }: MatrixQuestion, signal: AbortSignal) =>
    comparing.matrix(sequences, length, signal));

export const askDiff = (comparing: Comparing | null) =>
  comparing && ((args: DiffArgs, signal: AbortSignal) => comparing.diff(args, signal));
