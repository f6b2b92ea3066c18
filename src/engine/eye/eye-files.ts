import { type EyeManifest, eyeSchema } from '../../core/image/eye';
import type { LoadProgress } from '../rpc/protocol';
import { fetchLatest } from '../weights/checked-fetch';
import { fetchFiles } from '../weights/fetch-files';
import { parseJson } from '../weights/parse-json';
import type { EyeFiles } from './eye';

/** Parses an eye's description. @throws TokenoscopeError `model-corrupt` that names the field */
export function parseEye(json: string, where: string): EyeManifest {
  return parseJson(eyeSchema, json, where);
}

/**
 * Fetches all files of the eye, with progress over their sum, each checked against its description.
 * @param folder absolute address of its folder, ending in /
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `aborted`
 */
export async function fetchEye(
  folder: string,
  signal: AbortSignal | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<EyeFiles> {
  const text = await fetchLatest(`${folder}manifest.json`, 'eye/manifest.json', signal);
  const manifest = parseEye(text, 'eye/manifest.json');
  const files = [manifest.files.graph, ...manifest.files.data];
  const [graph, ...contents] = await fetchFiles(
    { folder, id: manifest.id, label: manifest.label, files },
    signal,
    onProgress,
  );
  const data = manifest.files.data.map(({ path }, index) => ({ path, bytes: contents[index]! }));
  return { manifest, graph: graph!, data };
}
