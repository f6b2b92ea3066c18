// @ts-check
import { detailflow } from './detailflow.mjs';
import { flextok } from './flextok.mjs';
import { gigatok } from './gigatok.mjs';
import { karl } from './karl.mjs';
import { softvq } from './softvq.mjs';
import { titok } from './titok.mjs';

/**
 * Published checkpoints by their shapes, to make files of their size from random numbers: the time and memory measured
 * on them hold for the real ones. A family is one file beside this one.
 * @type {Record<string, import('./shapes.mjs').Architecture>}
 */
export const architectures = { ...titok, ...detailflow, ...gigatok, ...flextok, ...softvq, ...karl };
