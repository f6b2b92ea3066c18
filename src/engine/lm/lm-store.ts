import { TokenoscopeError } from '../../core/errors';
import type { LoadProgress } from '../rpc/protocol';
import { fetchLatest } from '../weights/checked-fetch';
import { fetchFiles } from '../weights/fetch-files';
import { type LmManifest, lmFiles, parseLmGolden, parseLmManifest } from './manifest';
import type { LmFiles } from './open-model';

/** Ids are plain folder names, so that an id from a link cannot address anything else. */
const ID = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Fetches all files of a language model, with progress over their sum, each checked against its manifest. They are kept
 * by their content, as image models' are.
 * @param folderUrl absolute address of the folder of language models, ending in /
 * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `aborted`
 */
export async function fetchLanguageModel(
  folderUrl: string,
  id: string,
  signal: AbortSignal | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<LmFiles> {
  if (!ID.test(id)) {
    throw new TokenoscopeError('model-unknown', `There is no model "${id}".`, 'Choose one from the list.');
  }
  const folder = new URL(`${id}/`, folderUrl).href;
  const manifest = parseLmManifest(
    await fetchLatest(`${folder}manifest.json`, `${id}/manifest.json`, signal),
    `${id}/manifest.json`,
  );
  const files = lmFiles(manifest);
  const contents = await fetchFiles({ folder, id, label: manifest.label, files }, signal, onProgress);
  return assembled(manifest, new Map(files.map(({ path }, i) => [path, contents[i]!])), `${id}/golden.json`);
}

/** @param contents by path: all that `lmFiles` names */
export function assembled(
  manifest: LmManifest,
  contents: ReadonlyMap<string, Uint8Array>,
  goldenName: string,
): LmFiles {
  const { files, golden } = manifest;
  return {
    manifest,
    model: contents.get(files.model.path)!,
    data: files.data.map(({ path }) => ({ path, bytes: contents.get(path)! })),
    tokenizer: files.tokenizer && contents.get(files.tokenizer.path)!,
    golden: parseLmGolden(new TextDecoder().decode(contents.get(golden.path)), goldenName),
  };
}
