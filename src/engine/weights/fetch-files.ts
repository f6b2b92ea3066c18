import type { ManifestFile } from '../../core/image/manifest-file';
import { addressOf } from '../../core/image/running-files';
import type { LoadProgress } from '../rpc/protocol';
import { throttled } from '../rpc/throttled';
import { fetchChecked } from './checked-fetch';

/** Files that a manifest lists, and what to call them. */
interface FileList {
  /** Absolute address of the manifest's folder, ending in /. */
  readonly folder: string;
  /** The folder's name, for messages. */
  readonly id: string;
  /** What is loading, for the user. */
  readonly label: string;
  readonly files: readonly ManifestFile[];
}

/** Milliseconds between two reports of progress: of each piece that arrives, they would keep the page drawing a bar. */
const REPORT_MS = 100;

/**
 * Fetches files beside a manifest, each checked against it, with progress over their sum.
 * @returns their contents, in the same order
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `aborted`
 */
export function fetchFiles(
  { folder, id, label, files }: FileList,
  signal: AbortSignal | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<Uint8Array[]> {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const loaded = files.map(() => 0);
  const report = throttled(onProgress, REPORT_MS);
  return Promise.all(
    files.map((file, index) =>
      fetchChecked(
        { ...file, url: new URL(addressOf(file), folder).href, name: `${id}/${file.path}` },
        signal,
        (bytes) => {
          loaded[index] = bytes;
          const sum = loaded.reduce((before, part) => before + part, 0);
          (sum < total ? report : onProgress)({ what: label, loaded: sum, total });
        },
      ),
    ),
  );
}
