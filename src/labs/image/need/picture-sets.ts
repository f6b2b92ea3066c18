import { samples } from '../../../catalog/pictures';
import { formatInteger } from '../../../ui/format';
import { fetchSample } from '../fetch-sample';
import type { ImageLab } from '../image-lab';
import type { PictureSet } from './needing-state';

/** Files that were dropped or chosen together. */
export function setOfFiles(files: readonly File[], { session }: Pick<ImageLab, 'session'>): PictureSet {
  return {
    name: `${formatInteger(files.length)} files`,
    pictures: files.map((file) => ({
      name: nameOf(file),
      bytes: file.size,
      picture: { file, open: () => session.openFile(file, file.name) },
    })),
  };
}

/** The project's own pictures. @throws TokenoscopeError `model-fetch`, `aborted` */
export async function setOfSamples(
  { session }: Pick<ImageLab, 'session'>,
  signal: AbortSignal,
): Promise<PictureSet> {
  const pictures = [];
  for (const { id } of samples) {
    const { blob, label } = await fetchSample(id, signal);
    // Under the sample's name, which messages then say.
    const file = new File([blob], label, { type: blob.type });
    pictures.push({
      name: label,
      bytes: blob.size,
      picture: { file, open: () => session.openSample(id) },
    });
  }
  return { name: `the ${samples.length} samples`, pictures };
}

/** Its path within the folder that was chosen, else its name. */
function nameOf(file: File): string {
  const [, ...path] = file.webkitRelativePath.split('/');
  return path.length > 0 ? path.join('/') : file.name;
}
