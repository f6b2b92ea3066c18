import { samples } from '../../catalog/pictures';
import { isAborted, TokenoscopeError } from '../../core/errors';
import type { FetchedSample } from './load';

/**
 * Fetches one of the project's own pictures.
 * @throws TokenoscopeError `link-invalid` for an unknown id, `model-fetch`, `aborted`
 */
export async function fetchSample(id: string, signal: AbortSignal): Promise<FetchedSample> {
  const sample = samples.find((entry) => entry.id === id);
  if (!sample) {
    throw new TokenoscopeError(
      'link-invalid',
      `There is no sample called "${id}".`,
      'Choose one of the samples above.',
    );
  }
  const response = await fetch(new URL(sample.file, document.baseURI), { signal }).catch((error: unknown) => {
    if (isAborted(error)) throw error;
    return undefined;
  });
  if (!response?.ok) {
    throw new TokenoscopeError(
      'model-fetch',
      navigator.onLine
        ? `The sample "${sample.label}" could not be loaded.`
        : `The sample "${sample.label}" was never opened here, and this device is offline.`,
      'Check the connection and try again, or open a picture of your own.',
    );
  }
  return { blob: await response.blob(), label: sample.label };
}
