import { TokenoscopeError } from '../../core/errors';
import type { BuiltModel, Checkpoint, CheckpointFamily } from './checkpoint';

// A file that exports `family` is the only step to add one; the other files here are shared parts of families.
const modules = import.meta.glob<{ readonly family?: CheckpointFamily }>(
  ['./*.ts', '!./families.ts', '!./*.test.ts'],
  { eager: true },
);

/** Every family that this page builds graphs for, by id. */
export const families: readonly CheckpointFamily[] = Object.values(modules)
  .flatMap(({ family }) => family ?? [])
  .sort((a, b) => a.id.localeCompare(b.id));

/** What models people may bring, as a list in words. */
export const familyNames: string = new Intl.ListFormat('en').format(
  families.flatMap(({ names }) => names).sort((a, b) => a.localeCompare(b)),
);

/**
 * Builds encoder and decoder of a checkpoint, whichever family it is of.
 * @throws TokenoscopeError `model-corrupt` where no family knows it, or where something in it does not fit
 */
export function buildModel(checkpoint: Checkpoint): BuiltModel {
  const family = families.find((candidate) => candidate.recognises(checkpoint));
  if (family) return family.build(checkpoint);
  throw new TokenoscopeError(
    'model-corrupt',
    `${checkpoint.name} has an architecture that this page does not support.`,
    `It supports ${familyNames}, as published: config.json and model.safetensors.`,
  );
}

/**
 * The config that the shapes of a checkpoint's tensors tell, or its repository (`owner/name`); undefined where neither does.
 */
export function impliedConfig(tensors: Checkpoint['tensors'], repository?: string): object | undefined {
  for (const { configOf } of families) {
    const config = configOf?.(tensors, repository);
    if (config) return config;
  }
  return undefined;
}
