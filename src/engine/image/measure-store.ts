import { addressOf } from '../../core/image/running-files';
import type { LoadProgress } from '../rpc/protocol';
import { fetchChecked, fetchLatest } from '../weights/checked-fetch';
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
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const loaded = files.map(() => 0);
  const contents = await Promise.all(
    files.map((file, index) =>
      fetchChecked(
        { ...file, url: new URL(addressOf(file), folder).href, name: `${id}/${file.path}` },
        signal,
        (bytes) => {
          loaded[index] = bytes;
          onProgress({ what: manifest.label, loaded: loaded.reduce((sum, part) => sum + part, 0), total });
        },
      ),
    ),
  );
  const data = manifest.files.data.map(({ path }, index) => ({ path, bytes: contents[index + 1]! }));
  return { manifest, graph: contents[0]!, data };
}
