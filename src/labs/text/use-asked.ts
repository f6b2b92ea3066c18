import { useEffect, useState } from 'react';
import { fromWireError, isAborted, type TokenoscopeError, toWireError } from '../../core/errors';
import type { SegmentProgress } from '../../engine/text/text.api';

/** A call's answer and what is going on; the answer before stays until the next one is there. */
export interface Asked<T> {
  readonly value: T | undefined;
  readonly busy: boolean;
  readonly progress: SegmentProgress | undefined;
  readonly error: TokenoscopeError | undefined;
}

const NOTHING: Asked<never> = { value: undefined, busy: false, progress: undefined, error: undefined };

/**
 * Asks whenever `key` changes; the latest question wins, and a pause in typing is waited for.
 * @param key empty for no question
 * @param ask the same question for the same key
 */
export function useAsked<T>(
  key: string,
  ask: (signal: AbortSignal, onProgress: (progress: SegmentProgress) => void) => Promise<T>,
  pause = 0,
): Asked<T> & { readonly stop: () => void } {
  const [state, setState] = useState<Asked<T>>(NOTHING);
  const [stopped, setStopped] = useState<AbortController>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  useEffect(() => {
    if (key === '') {
      setState(NOTHING);
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setStopped(controller);
    setState((old) => ({ ...old, busy: true, progress: undefined, error: undefined }));
    const timer = setTimeout(() => {
      ask(signal, (progress) => {
        if (!signal.aborted) setState((old) => ({ ...old, progress }));
      }).then(
        (value) => {
          if (!signal.aborted) setState({ ...NOTHING, value });
        },
        (error: unknown) => {
          if (signal.aborted || isAborted(error)) return;
          setState({ ...NOTHING, error: fromWireError(toWireError(error)) });
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, pause]);
  return {
    ...state,
    stop: () => {
      stopped?.abort();
      setState((old) => ({ ...old, busy: false, progress: undefined }));
    },
  };
}
