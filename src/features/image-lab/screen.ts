import type { Frame } from '../../engine/image/api';
import type { OpenPicture } from './pictures';
import { signal } from './signal';

/** The picture on screen, with its pixels. */
export const opened = signal<OpenPicture | null>(null);

/** The reconstruction on screen: the newest frame that the player presented. */
export const shown = signal<Frame | null>(null);

/** The token (from 0) that is pointed at, or null: then the last kept one is described. */
export const inspected = signal<number | null>(null);

/** Whether all ids stand in lines instead of running by. */
export const showAll = signal(false);

/** A measured prefix: what the quality curve is drawn from. */
export interface Measured {
  readonly k: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Measures of the picture on screen by k; index 0 is unused. Replaced (not mutated) at most ten times a second. */
export const measured = signal<readonly (Measured | undefined)[]>([]);

const UPDATE_MS = 100;
let pending: (Measured | undefined)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Starts a new curve with what is known already. */
export function resetMeasured(frames: readonly Frame[]): void {
  clearTimeout(timer);
  timer = undefined;
  pending = [];
  for (const frame of frames) pending[frame.k] = { k: frame.k, metrics: frame.metrics };
  measured.set([...pending]);
}

/** Adds a point. Points come in bursts of hundreds a second: they are shown in batches. */
export function addMeasured(frame: Frame): void {
  pending[frame.k] = { k: frame.k, metrics: frame.metrics };
  timer ??= setTimeout(() => {
    timer = undefined;
    measured.set([...pending]);
  }, UPDATE_MS);
}
