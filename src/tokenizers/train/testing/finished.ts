import type { Training } from '../steps';

/** The result of a training, without its steps. */
export function finished<T>(training: Training<T>): T {
  let step = training.next();
  while (!step.done) step = training.next();
  return step.value;
}
