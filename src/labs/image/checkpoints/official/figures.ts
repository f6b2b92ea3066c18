import { type OfficialCheckpoint, parametersOf } from '../../../../catalog/checkpoints';
import type { BackendReport } from '../../../../engine/host/backend';
import { estimateSeconds, workOn } from '../../../../engine/weights/fit';
import { formatInteger, formatSignificant } from '../../../../ui/format';
import { formatDuration } from '../../../../views/duration';

const MILLION = 1e6;
/** From here on a wait is said in minutes. */
const LONG_S = 100;

/** Seconds of one encoding and one decoding here, coarsely. */
export interface Times {
  readonly encode: number;
  readonly decode: number;
}

/** @param pace multiply-accumulates a second here, where they have been measured */
export function timesOf(
  checkpoint: OfficialCheckpoint,
  report: Pick<BackendReport, 'backend' | 'threads'> | null,
  pace: number | null,
): Times {
  const { backend, threads } = report ?? { backend: 'wasm', threads: 1 };
  const seconds = (count: number) => estimateSeconds(count, backend, threads, pace);
  const { encode, decode } = workOn(backend, checkpoint);
  return { encode: seconds(encode), decode: seconds(decode) };
}

/** "5 + 27 s"; in minutes where one of them is long: "40 s + 3 min". */
export function formatTimes({ encode, decode }: Times): string {
  if (encode >= LONG_S || decode >= LONG_S) return `${formatDuration(encode)} + ${formatDuration(decode)}`;
  const whole = (seconds: number) => (seconds < 1 ? '<1' : String(Math.round(seconds)));
  return `${whole(encode)} + ${whole(decode)} s`;
}

/** "26 + 58 M". */
export function formatParameters({ parameters }: OfficialCheckpoint): string {
  const millions = (count: number) => formatInteger(Math.round(count / MILLION));
  return `${millions(parameters.encoder)} + ${millions(parameters.decoder)} M`;
}

/** "83.9 million (26.0 to encode, 57.9 to decode)". */
export function spellParameters(checkpoint: OfficialCheckpoint): string {
  const millions = (count: number) => formatSignificant(count / MILLION);
  const { encoder, decoder } = checkpoint.parameters;
  return `${millions(parametersOf(checkpoint))} million (${millions(encoder)} to encode, ${millions(decoder)} to decode)`;
}

/** "256", or "64 × 16" where each holds numbers. */
export function formatTokens({ tokens, numbers }: OfficialCheckpoint): string {
  return numbers === undefined ? String(tokens) : `${tokens} × ${numbers}`;
}

/** Multiply-accumulates a second, for a sentence: "3.54 billion". */
export function formatPace(pace: number): string {
  return pace < 1e9
    ? `${formatSignificant(pace / MILLION)} million`
    : `${formatSignificant(pace / 1e9)} billion`;
}
