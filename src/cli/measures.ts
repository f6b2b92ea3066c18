import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Measure, openMeasure } from '../engine/image/measure';
import { readMeasureFolder } from '../engine/image/model-folder';
import { createNodeRuntime } from '../engine/ort/node';

const FOLDER = join('public', 'measures');

/** Every learned measure in public/measures. @throws TokenoscopeError `model-fetch`, `model-corrupt` */
export async function openMeasures(): Promise<Measure[]> {
  const folders = existsSync(FOLDER) ? readdirSync(FOLDER).map((name) => join(FOLDER, name)) : [];
  const runtime = createNodeRuntime();
  return Promise.all(
    folders
      .filter((folder) => existsSync(join(folder, 'measure.json')))
      .map(async (folder) => openMeasure(await readMeasureFolder(folder), runtime)),
  );
}
