import { join } from 'node:path';
import { type Measure, openMeasure } from '../engine/image/measure';
import { readMeasureFolder } from '../engine/image/model-folder';
import { createNodeRuntime } from '../engine/ort/node';
import type { ImageTools } from '../measures/image-measures';

const FOLDER = join('public', 'measures');

/**
 * What costly measures need, from the working folder (the repository's root): learned measures are opened on
 * first use. @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export function createImageTools(): ImageTools {
  const opened = new Map<string, Promise<Measure>>();
  const runtime = createNodeRuntime();
  return {
    async distance(name, a, b) {
      const known = opened.get(name);
      const measure =
        known ?? readMeasureFolder(join(FOLDER, name)).then((files) => openMeasure(files, runtime));
      opened.set(name, measure);
      return (await measure).compute(a, b);
    },
  };
}
