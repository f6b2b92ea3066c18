import { useEffect, useState } from 'react';
import { isAborted, type TokenoscopeError } from '../../../core/errors';
import type { LoadProgress } from '../../../engine/rpc/protocol';
import type { Reading } from '../../../measures/image-measures';
import { useLab } from '../lab-context';
import { asProblem } from '../load';

/** A picture to read: the same object as long as its pixels are the same. */
export interface Readable {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** What was read of a picture; while a newer one is read, that of the last one. */
export interface Read {
  readonly of: Readable;
  readonly reading: Reading;
}

/** A slider that is being dragged passes many pictures; the one where it rests is read. */
const REST_MS = 200;

/** Reads a picture in the measuring worker; the latest one wins. */
export function useReading(picture: Readable | null | undefined) {
  const { distanceTools } = useLab();
  const [read, setRead] = useState<Read | null>(null);
  const [progress, setProgress] = useState<LoadProgress | null>(null);
  const [problem, setProblem] = useState<TokenoscopeError | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies(tries): it reads again
  useEffect(() => {
    if (!picture) return;
    const abort = new AbortController();
    setProblem(null);
    const timer = setTimeout(async () => {
      try {
        const { width, height, rgba } = picture;
        const reading = await distanceTools
          .measuring()
          .read({ width, height, rgba }, { signal: abort.signal, onProgress: setProgress });
        if (!abort.signal.aborted) setRead({ of: picture, reading });
      } catch (error) {
        if (!isAborted(error) && !abort.signal.aborted) setProblem(asProblem(error));
      }
      if (!abort.signal.aborted) setProgress(null);
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [picture, distanceTools, tries]);
  return {
    read: picture ? read : null,
    isCurrent: read !== null && read.of === picture,
    progress,
    problem,
    retry: () => setTries((count) => count + 1),
  };
}
