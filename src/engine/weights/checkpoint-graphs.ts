import { TokenoscopeError } from '../../core/errors';
import type { BuiltModel } from '../families/checkpoint';
import { buildModel } from '../families/families';
import type { ModelGraphs } from '../image/model';
import type { CheckpointFiles } from './checkpoint-files';
import { planHalf } from './half-file';
import { findNaN, refuseNaN } from './not-a-number';
import { refuseOtherWeights } from './other-weights';
import { type Precision, WEIGHTS } from './plan';
import { headerLength, readHeader } from './safetensors';

/**
 * Builds the graphs of a checkpoint, ready to be opened.
 * @param precision `half` rounds matrices to 16 bits, as the page can
 * @param where the weights' place, for messages
 * @throws TokenoscopeError `model-corrupt`; `checkpoint-refused` where half precision is impossible
 */
export function graphsOfCheckpoint(
  { name, config, weights }: CheckpointFiles,
  precision: Precision = 'full',
  where: string = WEIGHTS,
): ModelGraphs {
  refuseOtherWeights(weights, where);
  const header = weights.subarray(0, headerLength(weights, where));
  const tensors = readHeader(header, weights.length, where);
  const built = buildModel({ name, config, tensors, path: WEIGHTS });
  const blank = findNaN(tensors, 0, weights);
  if (blank !== undefined) throw refuseNaN(where, blank);
  if (precision === 'full') return withWeights(built, weights);
  const half = planHalf(header, weights.length, where);
  if (!half) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${where} holds nothing that half precision would make smaller.`,
      'Run it as it is.',
    );
  }
  const bytes = half.convert(0, weights);
  const rounded = readHeader(bytes.subarray(0, headerLength(bytes, where)), bytes.length, where);
  return withWeights(buildModel({ name, config, tensors: rounded, path: WEIGHTS }), bytes);
}

function withWeights({ description, encoder, decoder, flow }: BuiltModel, bytes: Uint8Array): ModelGraphs {
  return { manifest: description, encoder, decoder, flow, data: [{ path: WEIGHTS, bytes }] };
}
