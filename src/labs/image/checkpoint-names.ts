import { parseCheckpointId } from '../../core/image/checkpoint-id';

/** The checkpoints of a link whose ids say nothing to a reader, in the order in which their names stand there. */
export function namedCheckpoints(model: string, second: string | undefined): string[] {
  const ids = second === undefined ? [model] : [model, second];
  return ids.filter((id) => parseCheckpointId(id)?.kind === 'file');
}
