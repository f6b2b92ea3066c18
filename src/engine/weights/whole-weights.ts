import { throwIfAborted } from '../../core/errors';
import { readBlob } from './bytes-source';
import { asSafetensors, type Conversion, halved, readLoose } from './conversion';
import { openParts } from './file-parts';
import type { HalfFile } from './half-file';
import type { OpenedWeights } from './open-weights';
import { nameOf, type PlannedFile } from './plan';

/** Bytes read at a time. */
const READ_BYTES = 2 ** 26;
const NOTHING = new Uint8Array(0);

/** How weights are read whole. */
interface HowWhole {
  /** The conversion of the whole to half precision; absent where it is read in full. */
  readonly half?: HalfFile | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly readBytes?: number;
}

/**
 * Weights of any kind as one safetensors file in memory, in which nothing is twice: read and converted in parts, as the page
 * does when they arrive. For files that are here, not at an address.
 * @throws TokenoscopeError `file-unreadable`, `model-corrupt`, `checkpoint-refused`, `aborted`
 */
export async function readWholeWeights(
  { header, bytes: length, files }: Pick<OpenedWeights, 'header' | 'bytes' | 'files'>,
  { half, signal, readBytes = READ_BYTES }: HowWhole = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(half?.bytes ?? length);
  let at = 0;
  let start = 0;
  for (const file of files) {
    const { from, layout } = file;
    if (!('blob' in from)) throw new TypeError(`${nameOf(file)} is elsewhere.`);
    const first = file === files[0] ? header : NOTHING;
    const conversion = await conversionOf(file, first, { half, start, signal });
    const cut = (position: number) =>
      Math.min(conversion ? conversion.cut(position) : position, from.blob.size);
    // Parts end between two numbers, so that small ones may be empty.
    for (let i = 0; cut(i * readBytes) < from.blob.size; i++) {
      throwIfAborted(signal);
      const [begin, end] = [cut(i * readBytes), cut((i + 1) * readBytes)];
      const part = new Uint8Array(await readBlob(from.blob.slice(begin, end), nameOf(file)));
      const kept = conversion ? conversion.convert(begin, part) : part;
      whole.set(kept, at);
      at += kept.length;
    }
    start += first.length + (layout?.bytes ?? 0);
  }
  return whole;
}

/** How a file becomes a part of the whole; undefined where it is one as it is. */
async function conversionOf(
  { layout, from, bytes }: PlannedFile,
  header: Uint8Array,
  { half, start, signal }: Pick<HowWhole, 'half' | 'signal'> & { readonly start: number },
): Promise<Conversion | undefined> {
  if (!layout) return half;
  const listed = { path: layout.name, bytes, sha256: null, from };
  const loose =
    layout.loose.length > 0 ? await readLoose(layout, (await openParts(listed, signal)).readAt, signal) : [];
  const made = asSafetensors(layout, header, loose);
  return half ? halved(made, half, start) : made;
}
