// @ts-check
import { ensureFixtures } from './fixtures.mjs';

/** Runs once before the unit tests. */
export function setup() {
  ensureFixtures();
}
