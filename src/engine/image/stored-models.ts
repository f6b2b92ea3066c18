import { addressOf } from '../../core/image/running-files';
import { isStored } from '../weights/stored-files';
import type { BundledModel } from './models';

/**
 * How many bytes must still be fetched before a model opens, by id. Files in this browser's store need not be,
 * whether this model or another one with the same file stored them.
 * @param baseUrl the page's own address, beside which `models/` lies
 */
export async function missingBytes(
  models: readonly BundledModel[],
  baseUrl: string,
): Promise<ReadonlyMap<string, number>> {
  const missing = await Promise.all(
    models.map(async ({ id, files }) => {
      const folder = new URL(`models/${id}/`, baseUrl).href;
      const bytes = await Promise.all(
        files.map(async (file) => {
          const url = new URL(addressOf(file), folder).href;
          return (await isStored(url, file.sha256)) ? 0 : file.bytes;
        }),
      );
      return [id, bytes.reduce((sum, part) => sum + part, 0)] as const;
    }),
  );
  return new Map(missing);
}
