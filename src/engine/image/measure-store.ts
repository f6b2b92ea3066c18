import type { LoadProgress } from '../rpc/protocol';
import { fetchLatest } from '../weights/checked-fetch';
import { fetchFiles } from '../weights/fetch-files';
import type { MeasureFiles } from './measure';
import { parseMeasure } from './model-store';

/**
 * Fetches all files of a learned measure, with progress over their sum, each checked against its description.
 * @param measuresUrl absolute address of the folder of measures, ending in /
 * @param id a folder's name, in public/measures
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `aborted`
 */
export async function fetchMeasure(
  measuresUrl: string,
  id: string,
  signal: AbortSignal | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<MeasureFiles> {
  const folder = new URL(`${id}/`, measuresUrl).href;
  const text = await fetchLatest(`${folder}measure.json`, `${id}/measure.json`, signal);
  const manifest = parseMeasure(text, `${id}/measure.json`);
  const files = [manifest.files.graph, ...manifest.files.data];
  const contents = await fetchFiles({ folder, id, label: manifest.label, files }, signal, onProgress);
  const data = manifest.files.data.map(({ path }, index) => ({ path, bytes: contents[index + 1]! }));
  return { manifest, graph: contents[0]!, data };
}
