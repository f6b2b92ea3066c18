import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Measure, openMeasure } from '../engine/image/measure';
import { readMeasureFolder } from '../engine/image/model-folder';
import type { ImageTools } from '../measures/image-measures';
import { ownFolder } from '../package/own-files';

/**
 * What costly measures need: learned measures are opened on first use. @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export function createImageTools(): ImageTools {
  const opened = new Map<string, Promise<Measure>>();
  const runtime = import('../engine/ort/node').then(({ createNodeRuntime }) => createNodeRuntime());
  runtime.catch(() => {}); // met again by the first measure
  const open = async (name: string) => {
    const folder = join(fileURLToPath(ownFolder('measures')), name);
    return openMeasure(await readMeasureFolder(folder), await runtime);
  };
  return {
    async distance(name, a, b) {
      const measure = opened.get(name) ?? open(name);
      opened.set(name, measure);
      return (await measure).compute(a, b);
    },
  };
}
