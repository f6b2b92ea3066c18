import { estimateSeconds } from '../../engine/weights/fit';
import { useSettings } from '../settings/store';
import { formatDuration } from './duration';
import type { ModelPlace } from './models';
import { useModel } from './store';

/** Shorter waits need no word. */
const WORTH_SAYING_S = 1.5;

/**
 * Roughly how many seconds an encoding or a decoding takes here, before one has been measured; undefined where
 * that is not known, as for bundled models, which are quick.
 */
export function useEstimate(place: ModelPlace, what: 'encode' | 'decode'): number | undefined {
  const count = useModel(place)?.checkpoint?.multiplications?.[what];
  const report = useSettings((state) => state.report);
  return count === undefined || !report ? undefined : estimateSeconds(count, report.backend, report.threads);
}

/** A label with how long it will take, where that is worth saying. */
export function withTime(label: string, seconds: number | undefined): string {
  return seconds === undefined || seconds < WORTH_SAYING_S
    ? label
    : `${label}, very roughly ${formatDuration(seconds)}`;
}
