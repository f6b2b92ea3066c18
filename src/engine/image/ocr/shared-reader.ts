import type { RgbImage } from '../../../core/image/pixels';
import type { Reading } from '../../../measures/image-measures';
import type { Runtime } from '../../ort/runtime';
import { SharedJob } from '../../ort/shared-job';
import type { LoadProgress } from '../../rpc/protocol';
import { fetchChecked } from '../../weights/checked-fetch';
import { hashBytes } from '../hash';
import { openReader, type Reader } from './reader';
import { CHARACTERS, DETECTOR, RECOGNIZER } from './reader-files';

/** Where the reader's files are. */
export interface ReaderUrls {
  readonly detector: string;
  readonly recognizer: string;
  readonly characters: string;
}

/** How many readings are remembered: those of the slider's marks in several lanes. */
const KEPT = 128;

/** A reader that is fetched with its first picture, and reads each picture once for all who ask. */
export interface SharedReader {
  /** @throws TokenoscopeError `model-fetch`, `model-corrupt`, `model-run`, `aborted` */
  read(
    picture: RgbImage,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Reading>;
}

export function sharedReader(urls: ReaderUrls, start: () => Runtime): SharedReader {
  const readings = new Map<string, SharedJob<Reading, LoadProgress>>();
  let opening: SharedJob<Reader, LoadProgress> | undefined;

  async function open(signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<Reader> {
    const files = await fetchReader(urls, signal, onProgress);
    return openReader(files, start());
  }

  async function reader(signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<Reader> {
    if (!opening || opening.abandoned) opening = new SharedJob(open);
    const mine = opening;
    try {
      return await mine.join(signal, onProgress);
    } catch (error) {
      // The next picture tries a failed load again; a load that only this caller left continues.
      if (!signal.aborted && opening === mine) opening = undefined;
      throw error;
    }
  }

  return {
    async read(picture, signal, onProgress) {
      const key = `${picture.width} ${hashBytes(picture.data)}`;
      let job = readings.get(key);
      if (!job || job.abandoned) {
        job = new SharedJob(async (ending, tell) => (await reader(ending, tell)).read(picture, ending));
      }
      readings.delete(key); // and added again: the last one used comes last
      readings.set(key, job);
      for (const oldest of readings.keys()) {
        if (readings.size <= KEPT) break;
        readings.delete(oldest);
      }
      try {
        return await job.join(signal, onProgress);
      } catch (error) {
        if (!signal.aborted && readings.get(key) === job) readings.delete(key);
        throw error;
      }
    },
  };
}

/** All files, with progress over their sum, each checked by its content. */
async function fetchReader(
  urls: ReaderUrls,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
) {
  const files = { detector: DETECTOR, recognizer: RECOGNIZER, characters: CHARACTERS };
  const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  const loaded = { detector: 0, recognizer: 0, characters: 0 };
  const get = (part: keyof typeof files) => {
    const { path: name, bytes, sha256 } = files[part];
    return fetchChecked({ url: urls[part], name: `PP-OCRv4/${name}`, bytes, sha256 }, signal, (so) => {
      loaded[part] = so;
      const sum = loaded.detector + loaded.recognizer + loaded.characters;
      onProgress({ what: 'PP-OCRv4', loaded: sum, total });
    });
  };
  const [detector, recognizer, characters] = await Promise.all([
    get('detector'),
    get('recognizer'),
    get('characters'),
  ]);
  return { detector, recognizer, characters };
}
