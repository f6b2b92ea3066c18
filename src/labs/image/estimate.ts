import { useEffect, useState } from 'react';
import { formatDuration } from '../../views/duration';
import { useModel, useSettings } from './lab-context';
import type { Lane } from './lane';

/** Shorter waits are not mentioned. */
const WORTH_SAYING_S = 1.5;

/**
 * Roughly how many seconds an encoding or a decoding takes here, before one has been measured; undefined where
 * that is not known, as for bundled models, which are quick.
 */
export function useEstimate(lane: Lane, what: 'encode' | 'decode'): number | undefined {
  const checkpoint = useModel(lane)?.checkpoint;
  const report = useSettings((state) => state.report);
  const [seconds, setSeconds] = useState<number>();
  useEffect(() => {
    setSeconds(undefined);
    if (!checkpoint || !report) return;
    let isWanted = true;
    import('../../engine/weights/fit').then(
      ({ estimateSeconds, workOn }) => {
        const count = workOn(report.backend, checkpoint)?.[what];
        if (isWanted) setSeconds(count && estimateSeconds(count, report.backend, report.threads));
      },
      () => {}, // nothing is said then
    );
    return () => {
      isWanted = false;
    };
  }, [checkpoint, report, what]);
  return seconds;
}

/** A label with how long it will take, where that is worth saying. */
export function withTime(label: string, seconds: number | undefined): string {
  return seconds === undefined || seconds < WORTH_SAYING_S
    ? label
    : `${label}, very roughly ${formatDuration(seconds)}`;
}
