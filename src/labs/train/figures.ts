import { formatInteger, formatSignificant } from '../../ui/format';

/** A duration with its unit: 840 -> "840 ms", 7600 -> "7.60 s". */
export function secondsOf(ms: number): string {
  return ms < 1000 ? `${formatInteger(Math.round(ms))} ms` : `${formatSignificant(ms / 1000)} s`;
}
