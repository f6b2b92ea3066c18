import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Measure, openMeasure } from '../engine/image/measure';
import { readMeasureFolder } from '../engine/image/model-folder';
import { onceEach } from '../engine/image/ocr/once-each';
import { openReader, type Reader } from '../engine/image/ocr/reader';
import { readReaderFiles } from '../engine/image/ocr/reader-folder';
import type { ImageTools } from '../measures/image-measures';
import { ownFolder } from '../package/own-files';

/**
 * What costly measures need: learned measures, and the models that read, are opened on first use. @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export function createImageTools(): ImageTools {
  const opened = new Map<string, Promise<Measure>>();
  const runtime = import('../engine/ort/node').then(({ createNodeRuntime }) => createNodeRuntime());
  runtime.catch(() => {}); // met again by the first measure
  const open = async (name: string) => {
    const folder = join(fileURLToPath(ownFolder('measures')), name);
    return openMeasure(await readMeasureFolder(folder), await runtime);
  };
  const openOcr = async () => {
    const files = await readReaderFiles();
    return files && openReader(files, await runtime);
  };
  let reader: Promise<Reader | undefined> | undefined;
  return {
    read: onceEach(async (picture) => {
      reader ??= openOcr();
      // Without the models nothing is read, as in a picture without writing.
      return (await (await reader)?.read(picture)) ?? { text: '', lines: [] };
    }),
    async distance(name, a, b) {
      const measure = opened.get(name) ?? open(name);
      opened.set(name, measure);
      return (await measure).compute(a, b);
    },
  };
}
