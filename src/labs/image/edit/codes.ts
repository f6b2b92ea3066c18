import { isCheckpointId } from '../../../core/image/checkpoint-id';
import type { Codebook } from '../../../core/image/codebook';
import { impliedCodebook } from '../../../engine/image/implied-codebook';
import { bundledModels } from '../../../engine/image/models';
import type { LoadProgress } from '../../../engine/rpc/protocol';
import type { LabModels } from '../models';

/** What the codes of a model are, or why that is not known. */
export type Codes = { readonly book: Codebook } | { readonly missing: string };

/**
 * The codebook of a model. One that is learned is read from its decoder's file, which this device has already.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `aborted`
 */
export async function codesOf(
  model: string,
  models: LabModels,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<Codes> {
  const found = models.find(model);
  const implied = found && impliedCodebook(found);
  if (implied) return { book: implied };
  const missing = {
    missing: `The codebook of ${models.label(model)} is inside its network and is not read here.`,
  };
  if (isCheckpointId(model)) return missing;
  // Models that draw the same tokens share the codebook of the linear one.
  const holder =
    bundledModels.find((one) => one.id.startsWith('karhunen') && models.sharesTokens(one.id, model)) ??
    bundledModels.find(({ id }) => id === model);
  const files = ['decoder.onnx', 'weights.bin'].flatMap(
    (path) => holder?.files.find((file) => file.path === path) ?? [],
  );
  if (!holder || files.length < 2) return missing;
  const [{ fetchFiles }, { gridCodebook, linearCodebook }] = await Promise.all([
    import('../../../engine/weights/fetch-files'),
    import('../../../engine/image/linear-codebook'),
  ]);
  const folder = new URL(`models/${holder.id}/`, document.baseURI).href;
  const [decoder, weights] = await fetchFiles(
    { folder, id: holder.id, label: 'Codebook', files },
    signal,
    onProgress,
  );
  const book =
    linearCodebook(decoder!, weights!) ?? gridCodebook(decoder!, weights!, holder.tokens.codebookSize);
  return book ? { book } : missing;
}
