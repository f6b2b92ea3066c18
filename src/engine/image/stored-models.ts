import { isStored } from '../ort/checked-fetch';
import type { BundledModel } from './models';

/**
 * Which of the models open without a download, by id: all their files lie in this browser's store.
 * @param baseUrl the page's own address, beside which `models/` lies
 */
export async function storedModels(
  models: readonly BundledModel[],
  baseUrl: string,
): Promise<ReadonlySet<string>> {
  const stored = await Promise.all(
    models.map(async ({ id, files }) => {
      const folder = new URL(`models/${id}/`, baseUrl).href;
      const all = await Promise.all(files.map(({ path, sha256 }) => isStored(folder + path, sha256)));
      return all.every(Boolean) ? [id] : [];
    }),
  );
  return new Set(stored.flat());
}
