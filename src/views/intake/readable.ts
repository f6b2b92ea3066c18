import { inspectPicture } from '../../core/image/sniff';

/**
 * Whether a file can be opened as a picture as it is: its header is read, and then its pixels. One that is cut off may not,
 * though a worker can mend some of them.
 */
export async function isReadable(file: File): Promise<boolean> {
  try {
    const { format } = inspectPicture(new Uint8Array(await file.arrayBuffer()), file.name);
    // Its header says all that is checked before it is drawn.
    if (format !== 'SVG') (await createImageBitmap(file)).close();
    return true;
  } catch {
    return false;
  }
}
