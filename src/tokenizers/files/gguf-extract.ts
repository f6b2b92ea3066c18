import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { GgufError, type GgufHeader, GgufScanner } from './gguf-scan';

/** A file of which pieces are read: a Blob's slices, or ranges of a file elsewhere. */
export interface PieceSource {
  /** Bytes `[from, to)`; fewer at the end of the file. */
  read(from: number, to: number): Promise<Uint8Array>;
}

const FIRST_PIECE = 1 << 18;
const LARGEST_PIECE = 1 << 23;
/** The longest known metadata have 30 MB. */
const LONGEST_METADATA = 400_000_000;
const KEPT = /^tokenizer\./;

/**
 * Reads a GGUF file's metadata piece by piece, never its weights, and makes a GGUF file of what it says about the
 * tokenizer: the same for every quantization of a model, so that its hash names the tokenizer.
 * @param onBytes receives how many bytes have been read
 * @throws TokenoscopeError `tokenizer-corrupt` that names the byte; `tokenizer-unsupported` where it holds no tokenizer;
 *   `aborted`, and what reading throws
 */
export async function extractGguf(
  source: PieceSource,
  name: string,
  { signal, onBytes }: { readonly signal?: AbortSignal; readonly onBytes?: (read: number) => void } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  let pending = new Uint8Array(0);
  /** Where `pending` begins in the file. */
  let base = 0;
  let piece = FIRST_PIECE;
  const readMore = async () => {
    throwIfAborted(signal);
    const from = base + pending.length;
    const more = await source.read(from, from + piece);
    if (more.length === 0) throw new GgufError('it ends within its metadata', pending.length);
    if (from + more.length > LONGEST_METADATA) throw new GgufError('its metadata do not end', pending.length);
    const joined = new Uint8Array(pending.length + more.length);
    joined.set(pending);
    joined.set(more, pending.length);
    pending = joined;
    piece = Math.min(2 * piece, LARGEST_PIECE);
    onBytes?.(from + more.length);
  };
  try {
    let header: GgufHeader | undefined;
    while (!header) {
      await readMore();
      header = new GgufScanner(pending).header();
    }
    const kept: Uint8Array[] = [];
    let at = header.length;
    let scanner = new GgufScanner(pending, header);
    for (let i = 0; i < header.entries; ) {
      const entry = scanner.entry(at);
      if (entry) {
        if (KEPT.test(entry.key)) kept.push(pending.slice(entry.from, entry.end));
        at = entry.end;
        i++;
        continue;
      }
      base += at;
      pending = pending.slice(at);
      at = 0;
      await readMore();
      scanner = new GgufScanner(pending, header);
    }
    if (kept.length === 0) {
      throw new TokenoscopeError(
        'tokenizer-unsupported',
        `${name} is a GGUF file without a tokenizer.`,
        "Parts of a model and adapters have none. Give the model's first GGUF file, or its tokenizer.json.",
      );
    }
    return joined(header, kept);
  } catch (error) {
    if (error instanceof GgufError) throw corruptGguf(name, error, base);
    throw error;
  }
}

/** The failure for a user. @param base where the bytes begin in the file */
export function corruptGguf(name: string, error: GgufError, base = 0): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `${name} is not usable as a GGUF file: ${error.message} (byte ${base + error.at}).`,
    'Check that the file is complete and unchanged.',
  );
}

function joined({ version, isLittle }: GgufHeader, entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const width = version > 1 ? 8 : 4;
  const length = entries.reduce((sum, entry) => sum + entry.length, 8 + 2 * width);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x47, 0x47, 0x55, 0x46]);
  view.setUint32(4, version, isLittle);
  // No weights, and this many entries.
  if (width === 8) view.setBigUint64(16, BigInt(entries.length), isLittle);
  else view.setUint32(12, entries.length, isLittle);
  let at = 8 + 2 * width;
  for (const entry of entries) {
    bytes.set(entry, at);
    at += entry.length;
  }
  return bytes;
}
