import { TokenoscopeError } from '../../core/errors';
import type { BuiltModel, Checkpoint, CheckpointFamily } from './checkpoint';
import { detailflow } from './detailflow';
import { titok } from './titok';

/** Every family that this page builds graphs for. */
const families: readonly CheckpointFamily[] = [titok, detailflow];

/**
 * Builds encoder and decoder of a checkpoint, whichever family it is of.
 * @throws TokenoscopeError `model-corrupt` where no family knows it, or where something in it does not fit
 */
export function buildModel(checkpoint: Checkpoint): BuiltModel {
  const family = families.find((candidate) => candidate.recognises(checkpoint));
  if (family) return family.build(checkpoint);
  throw new TokenoscopeError(
    'model-corrupt',
    `${checkpoint.name} is of no architecture that this page knows.`,
    'Known are TiTok, One-D-Piece and DetailFlow, by config.json and model.safetensors as they are published.',
  );
}
