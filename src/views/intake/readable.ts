import { mendPicture } from '../../core/image/mend';
import { inspectPicture } from '../../core/image/sniff';

/** Whether a file can be opened as a picture: its header is read, and then its pixels, as a worker will read them. */
export async function isReadable(file: File): Promise<boolean> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { format, truncated } = inspectPicture(bytes, file.name);
    if (format === 'SVG') return true; // its header says all that is checked before it is drawn
    const mended = truncated ? mendPicture(bytes, format) : undefined;
    (await createImageBitmap(mended ? new Blob([mended]) : file)).close();
    return true;
  } catch {
    return false;
  }
}
