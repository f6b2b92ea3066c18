import { startTransition, useCallback, useEffect, useState } from 'react';
import { fromWireError, isAborted, type TokenoscopeError, toWireError } from '../../../../core/errors';
import type { LmProgress, LmSpelling } from '../../../../engine/lm/lm.api';
import type { LanguageModels } from '../../../../engine/lm/lm.client';
import type { ByteReading } from '../../../../engine/lm/read-bytes';
import type { TokenReading } from '../../../../engine/lm/read-tokens';
import type { LoadProgress } from '../../../../engine/rpc/protocol';
import { ofBytes, ofTokens, type Reading } from './reading';

/** A reading and what is going on. What was read before stays until there is something new. */
export interface ReadState {
  /** The model that `reading` is of, and by what. */
  readonly key: string;
  readonly reading: Reading | undefined;
  readonly isBusy: boolean;
  /** Of a model that is being fetched. */
  readonly load: LoadProgress | undefined;
  readonly error: TokenoscopeError | undefined;
  readonly isStopped: boolean;
}

export interface ReadWork extends ReadState {
  readonly stop: () => void;
  readonly again: () => void;
}

const NOTHING: ReadState = {
  key: '',
  reading: undefined,
  isBusy: false,
  load: undefined,
  error: undefined,
  isStopped: false,
};

/**
 * Reads a text with a model, again with every change; the latest question wins.
 * @param id null to read nothing
 * @param byBytes whether a model over tokens says what it expects byte by byte
 */
export function useReading(
  models: LanguageModels,
  id: string | null,
  byBytes: boolean,
  bytes: Uint8Array,
): ReadWork {
  const [state, setState] = useState<ReadState>(NOTHING);
  const [turn, setTurn] = useState(0);
  const [controller, setController] = useState<AbortController>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn starts it again
  useEffect(() => {
    if (id === null || bytes.length === 0) {
      setState(NOTHING);
      return;
    }
    const mine = new AbortController();
    const { signal } = mine;
    const key = `${id} ${byBytes}`;
    setController(mine);
    setState((old) => ({
      ...NOTHING,
      key: old.key === key ? key : '',
      reading: old.key === key ? old.reading : undefined,
      isBusy: true,
    }));
    // Thousands of places may be drawn: piece by piece, so that typing goes first.
    const set = (change: Partial<ReadState>) =>
      startTransition(() => {
        if (!signal.aborted) setState((old) => ({ ...old, ...change }));
      });
    const ask = <R>(
      call: (onProgress: (progress: LmProgress<R>) => void) => Promise<R>,
      of: (reading: R) => Reading,
    ) =>
      call((progress) => {
        if (progress.kind === 'load') set({ load: progress.load });
        else set({ key, reading: of(progress.reading), load: undefined });
      }).then((reading) => set({ ...NOTHING, key, reading: of(reading) }));
    const asked = byBytes
      ? ask(
          (onProgress) => models.readBytes(id, bytes, { signal, onProgress }),
          (reading: ByteReading) => ofBytes(reading, bytes),
        )
      : ask(
          (onProgress) => models.readTokens(id, bytes, { signal, onProgress }),
          (reading: TokenReading) => ofTokens(reading, bytes),
        );
    asked.catch((error: unknown) => {
      if (signal.aborted || isAborted(error)) return;
      set({ isBusy: false, load: undefined, error: fromWireError(toWireError(error)) });
    });
    return () => mine.abort();
  }, [models, id, byBytes, bytes, turn]);
  return {
    ...state,
    stop: useCallback(() => {
      controller?.abort();
      setState((old) => ({ ...old, isBusy: false, load: undefined, isStopped: true }));
    }, [controller]),
    again: useCallback(() => setTurn((now) => now + 1), []),
  };
}

/** The bytes of each of a model's tokens; undefined until they are known. */
export function useSpelling(
  models: LanguageModels,
  id: string | null,
): ((id: number) => Uint8Array) | undefined {
  const [known, setKnown] = useState<{ readonly id: string; readonly spelling: LmSpelling }>();
  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    models.spell(id, { signal: controller.signal }).then(
      (spelling) => setKnown({ id, spelling }),
      // Whatever fails here fails where the text is read, and is told there.
      () => {},
    );
    return () => controller.abort();
  }, [models, id]);
  if (id === null || known?.id !== id) return undefined;
  const { bytes, starts } = known.spelling;
  return (token) => bytes.subarray(starts[token], starts[token + 1]);
}

/** A model over bytes: each token is its own byte. */
export const spellByte = (byte: number): Uint8Array => Uint8Array.of(byte);
