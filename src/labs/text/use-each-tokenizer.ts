import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fromWireError, isAborted, TokenoscopeError, toWireError } from '../../core/errors';
import type { CallOptions } from '../../engine/rpc/client';
import type { SegmentProgress, TokenizerRef } from '../../engine/text/text.api';
import { useColumnTokenizers, useLab } from './context';
import { type LabTokenizer, sourceOf } from './lab-tokenizers';

/** A question to a tokenizer, for its worker to answer. */
export type Ask<T> = (tokenizer: TokenizerRef, options: CallOptions<SegmentProgress>) => Promise<T>;

/** What is known of a tokenizer's answer. */
export interface Answer<T> {
  /** The latest answer, which is of an older question while `busy`. */
  readonly value: T | undefined;
  readonly busy: boolean;
  readonly progress: SegmentProgress | null;
  readonly error: TokenoscopeError | null;
}

/** The answers of all columns' tokenizers, and what can be done about them. */
export interface Answers<T> {
  readonly of: (tokenizer: string) => Answer<T>;
  readonly stop: () => void;
  readonly retry: (tokenizer: string) => void;
}

const NONE: Answer<never> = { value: undefined, busy: false, progress: null, error: null };

interface Job<T> {
  readonly ask: Ask<T>;
  readonly controller: AbortController;
}

/**
 * Asks the tokenizers of all columns, each in its worker. The latest question wins: work on an older one is aborted, and its
 * answer stays until the newer one is there.
 * @param ask another function is another question; null while there is none
 * @param only the tokenizer that is asked; all of them by default
 */
export function useEachTokenizer<T>(ask: Ask<T> | null, only?: string): Answers<T> {
  const { own } = useLab();
  const all = useColumnTokenizers();
  const tokenizers = useMemo(
    () => (only === undefined ? all : all.filter(({ id }) => id === only)),
    [all, only],
  );
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer<T>>>(new Map());
  const jobs = useRef(new Map<string, Job<T>>());

  const update = useCallback((id: string, change: Partial<Answer<T>>) => {
    setAnswers((all) => new Map(all).set(id, { ...NONE, ...all.get(id), ...change }));
  }, []);

  const start = useCallback(
    async ({ id, label, isMissing }: LabTokenizer, question: Ask<T>) => {
      const controller = new AbortController();
      const job: Job<T> = { ask: question, controller };
      jobs.current.get(id)?.controller.abort();
      jobs.current.set(id, job);
      const isLatest = () => jobs.current.get(id) === job;
      update(id, { busy: true, progress: null, error: null });
      try {
        const spec = isMissing ? undefined : await sourceOf(id, own);
        if (!spec) throw missing(label);
        const value = await question(
          { id, label, spec },
          {
            signal: controller.signal,
            onProgress: (progress) => {
              if (isLatest()) update(id, { progress });
            },
          },
        );
        if (isLatest()) update(id, { value, busy: false, progress: null });
      } catch (error) {
        if (!isLatest()) return;
        const shown = isAborted(error) ? stopped() : fromWireError(toWireError(error));
        update(id, { value: undefined, busy: false, progress: null, error: shown });
      }
    },
    [own, update],
  );

  useEffect(() => {
    const ids = tokenizers.map(({ id }) => id);
    for (const [id, { controller }] of jobs.current) {
      if (ask && ids.includes(id)) continue;
      controller.abort();
      jobs.current.delete(id);
    }
    if (!ask) {
      // Nothing is asked, so there is no answer to wait for.
      setAnswers((all) => (all.size > 0 ? new Map() : all));
      return;
    }
    for (const tokenizer of tokenizers) {
      if (jobs.current.get(tokenizer.id)?.ask !== ask) void start(tokenizer, ask);
    }
  }, [ask, tokenizers, start]);

  useEffect(() => {
    const running = jobs.current;
    return () => {
      for (const { controller } of running.values()) controller.abort();
      running.clear();
    };
  }, []);

  return {
    of: (id) => answers.get(id) ?? NONE,
    stop: () => {
      for (const { controller } of jobs.current.values()) controller.abort();
    },
    retry: (id) => {
      const tokenizer = tokenizers.find((one) => one.id === id);
      if (tokenizer && ask) void start(tokenizer, ask);
    },
  };
}

function stopped(): TokenoscopeError {
  return new TokenoscopeError('aborted', 'This was stopped.', 'Nothing of it is shown until it is done.');
}

function missing(label: string): TokenoscopeError {
  return new TokenoscopeError(
    'file-unreadable',
    `The file of ${label} is not here.`,
    'Drop the file on this page, or remove its column.',
  );
}
