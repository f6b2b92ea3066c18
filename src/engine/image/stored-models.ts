import { addressOf } from '../../core/image/running-files';
import { isStored } from '../weights/checked-fetch';
import type { BundledModel } from './models';

/**
 * How many bytes are still to be fetched before a model opens, by id: what lies in this browser's store is not, be it
 * from this model or from another one that has the same file.
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
