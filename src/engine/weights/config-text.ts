import { TokenoscopeError } from '../../core/errors';
import { familyNames, impliedConfig } from '../families/families';
import { unknownModel, worksOnTokens } from '../families/unknown';
import { configOfMetadata } from './metadata-config';
import type { OpenedWeights } from './open-weights';
import type { CheckpointOrigin } from './plan';

/**
 * The config of weights that are published without one.
 * @throws TokenoscopeError `checkpoint-refused` where neither shapes, the repository nor the file itself tell what they are
 */
export function textOfConfig(
  { tensors, metadata }: Pick<OpenedWeights, 'tensors' | 'metadata'>,
  path: string,
  origin: CheckpointOrigin,
): string {
  const repository = origin.kind === 'hub' ? origin.repository : undefined;
  const config = impliedConfig(tensors, repository) ?? configOfMetadata(metadata);
  if (config) return JSON.stringify(config, null, 1);
  if (worksOnTokens(tensors)) throw unknownModel({ tensors }, path, familyNames);
  throw new TokenoscopeError(
    'checkpoint-refused',
    `There is no config.json beside ${path}, and its tensors alone do not tell what they are of.`,
    'Give the config.json of the same model with it.',
  );
}

/** @throws TokenoscopeError `model-corrupt` */
export function parseConfig(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TokenoscopeError(
      'model-corrupt',
      `config.json is not JSON: ${error instanceof Error ? error.message : error}.`,
      'Get the file again, and check that it is complete.',
    );
  }
}
