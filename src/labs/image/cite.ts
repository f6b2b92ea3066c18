import { papersOfFamily } from '../../catalog/papers';
import type { Citation } from '../../core/citation';
import { parseCheckpointId } from '../../core/image/checkpoint-id';
import { TOOL_AUTHOR, TOOL_NAME } from '../../core/tool';
import type { LabModels } from './models';

/**
 * The models that an experiment uses: bundled ones as parts of this tool; a checkpoint as the papers on its family, where
 * this browser has it and so knows that, and as the very weights.
 * @param ids of the lanes' models
 */
export async function citeModels(ids: readonly string[], models: LabModels): Promise<readonly Citation[]> {
  await models.listOnce();
  return ids.flatMap((id) => {
    const checkpoint = models.find(id)?.checkpoint;
    return [...(checkpoint ? papersOfFamily(checkpoint.family) : []), weights(id, models)];
  });
}

/** The weights themselves: the same name always means the same ones. */
function weights(id: string, models: LabModels): Citation {
  const name = parseCheckpointId(id);
  const title = `${models.label(id)}, an image tokenizer`;
  if (name?.kind === 'hub') {
    const { repository, commit } = name;
    const url = `https://huggingface.co/${repository}/tree/${commit}`;
    return { key: repository.replace('/', '-'), kind: 'misc', authors: [], title, url, note: 'Weights' };
  }
  if (name?.kind === 'file') {
    const note = `Weights from files, sha256 ${name.sha256}`;
    return { key: models.label(id), kind: 'misc', authors: [], title, note };
  }
  const note = `Bundled with ${TOOL_NAME}; sha256 of its decoder begins with ${models.hash(id)}`;
  return { key: `tokenoscope-${id}`, kind: 'misc', authors: [TOOL_AUTHOR], title, note };
}
