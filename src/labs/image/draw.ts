import type { Steps } from '../../core/image/sampling';
import { firstLane, secondLane } from './lane';
import { findModel } from './models';
import { samplersOf } from './sampling';
import { useImageLab } from './store';

/** Seeds that are easy to read out; any other can be typed. */
const SEEDS = 10_000;

/** Draws in so many steps from now on, where a model samples; null: as each does unasked. */
export function setSteps(steps: Steps | null): void {
  setSampling(steps, useImageLab.getState().seed);
}

/** Draws from this noise from now on. @param seed 0..2^32 - 1 */
export function setSeed(seed: number): void {
  setSampling(useImageLab.getState().steps, seed);
}

/** Draws from another noise than now. */
export function reroll(): void {
  const { seed } = useImageLab.getState();
  const other = Math.floor(Math.random() * (SEEDS - 1));
  setSeed(other < seed ? other : other + 1);
}

/** One of the offered numbers of steps on, or back. */
export function moveSteps(by: 1 | -1): void {
  const { model, second, steps } = useImageLab.getState();
  const samplers = samplersOf([findModel(model), findModel(second)], steps);
  const next = samplers?.offered[samplers.offered.indexOf(samplers.steps) + by];
  if (next !== undefined) setSteps(next);
}

/** Both at once. The pictures on screen stay until the new ones are there. */
export function setSampling(steps: Steps | null, seed: number): void {
  const before = useImageLab.getState();
  if (steps === before.steps && seed === before.seed) return;
  useImageLab.setState({ steps, seed });
  firstLane.redraw(before.k);
  secondLane.redraw(before.k);
}
