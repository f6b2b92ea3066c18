import { estimateSeconds, workOn } from '../../engine/weights/fit';
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
  if (!checkpoint || !report) return undefined;
  const count = workOn(report.backend, checkpoint)?.[what];
  return count && estimateSeconds(count, report.backend, report.threads);
}

/** A label with how long it will take, where that is worth saying. */
export function withTime(label: string, seconds: number | undefined): string {
  return seconds === undefined || seconds < WORTH_SAYING_S
    ? label
    : `${label}, very roughly ${formatDuration(seconds)}`;
}
