import {
  clearPieces,
  isKept,
  putPiece,
  readDigests,
  readPiece,
  readPieces,
  removeUnfinished,
} from '../storage/checkpoint-store';
import type { Conversion } from './conversion';
import { PIECE_BYTES, type PieceSink } from './download';
import { RunningHash } from './running-hash';

/** Pieces in this browser, which can be compared with the file that they should come from. */
export interface StoredSink extends PieceSink {
  /** Whether a stored piece equals what would be kept of that part of the file. */
  holds(index: number, piece: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** What has come of the file so far, and the bytes that are kept of it. */
  sum(): { readonly sha256: string; readonly length: number; readonly kept: number };
}

/** How a file is kept. */
export interface Keeping {
  readonly key: string;
  readonly path: string;
  /** Into what it is kept converted; absent where it is kept as it comes. */
  readonly conversion?: Conversion | undefined;
  /** Sees every part that will be kept, and where in the kept file it begins; it may refuse. */
  readonly look: (bytes: Uint8Array, at: number) => void;
}

/**
 * Keeps a file in pieces, unchanged or converted (as safetensors, in half precision). Each piece is made of a part of the
 * file that begins and ends between two numbers, so resuming needs only their count. The state of the file's own hash, whose
 * bytes may be gone by then, is kept beside the pieces: nothing has to be read again to know that all of it has come.
 */
export function keptPieces({ key, path, conversion, look }: Keeping): StoredSink {
  let source = new RunningHash();
  let kept = 0;
  const clear = async () => {
    source = new RunningHash();
    kept = 0;
    await clearPieces(key, path);
  };
  const start = (index: number) => {
    const position = index * PIECE_BYTES;
    return conversion ? conversion.cut(position) : position;
  };
  return {
    start,
    clear,
    sum: () => ({ sha256: source.hex(), length: source.state().length, kept }),
    holds: async (index, piece) => isStored(key, path, index, await convert(index, piece)),
    async count() {
      const stored = await readPieces(key, path);
      kept = stored.reduce((sum, { size }) => sum + size, 0);
      const digests = await readDigests(key, path);
      if (digests) source = RunningHash.from(digests.source);
      else if (conversion) {
        await clear();
        return 0;
      } else {
        // Of earlier releases.
        source = new RunningHash();
        for (const piece of stored) source.update(new Uint8Array(await piece.arrayBuffer()));
      }
      return stored.length;
    },
    async put(index, piece) {
      const bytes = await convert(index, piece);
      await refusing(() => look(bytes, kept));
      source.update(piece);
      kept += bytes.length;
      await putPiece(key, path, index, new Blob([bytes]), { source: source.state() });
    },
  };

  async function convert(index: number, piece: Uint8Array<ArrayBuffer>) {
    return conversion ? await refusing(() => conversion.convert(start(index), piece)) : piece;
  }

  /** What is refused can never be kept. */
  async function refusing<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      if (!(await isKept(key))) await removeUnfinished(key);
      throw error;
    }
  }
}

async function isStored(
  key: string,
  path: string,
  index: number,
  expected: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const piece = await readPiece(key, path, index);
  if (piece?.size !== expected.length) return false;
  const bytes = new Uint8Array(await piece.arrayBuffer());
  return bytes.every((byte, i) => byte === expected[i]);
}
