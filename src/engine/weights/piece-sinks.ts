import {
  clearPieces,
  countPieces,
  putPiece,
  readDigests,
  readPiece,
  removeUnfinished,
} from '../storage/checkpoint-store';
import { digestOf } from './content-hash';
import type { Conversion } from './conversion';
import { PIECE_BYTES, type PieceSink } from './download';
import { RunningHash } from './running-hash';

/** Pieces in this browser, which can be compared with the file that they should come from. */
export interface StoredSink extends PieceSink {
  /** Whether a stored piece equals the converted part of the file. */
  holds(index: number, piece: Uint8Array<ArrayBuffer>): Promise<boolean>;
}

/** Keeps a file unchanged. */
export function storedPieces(key: string, path: string): StoredSink {
  return {
    holds: (index, piece) => isStored(key, path, index, piece),
    count: () => countPieces(key, path),
    start: (index) => index * PIECE_BYTES,
    put: (index, piece) => putPiece(key, path, index, new Blob([piece])),
    clear: () => clearPieces(key, path),
  };
}

/**
 * Keeps a file converted, as safetensors or in half precision. Each piece is a converted part of the file that begins and ends between two
 * numbers, so resuming needs only their count; the state of the file's own hash, whose bytes are gone by then, is kept
 * beside the pieces.
 */
export function convertedPieces(key: string, path: string, conversion: Conversion): StoredSink {
  let source = new RunningHash();
  let pieces = new RunningHash();
  const clear = async () => {
    source = new RunningHash();
    pieces = new RunningHash();
    await clearPieces(key, path);
  };
  const start = (index: number) => conversion.cut(index * PIECE_BYTES);
  return {
    start,
    clear,
    holds: async (index, piece) => isStored(key, path, index, await convert(index, piece)),
    async count() {
      const count = await countPieces(key, path);
      const digests = await readDigests(key, path);
      if (!digests) {
        await clear();
        return 0;
      }
      source = RunningHash.from(digests.source);
      pieces = RunningHash.from(digests.pieces);
      return count;
    },
    async put(index, piece) {
      const converted = await convert(index, piece);
      source.update(piece);
      pieces.update(await digestOf(converted));
      const digests = { source: source.state(), pieces: pieces.state() };
      await putPiece(key, path, index, new Blob([converted]), digests);
    },
  };

  async function convert(index: number, piece: Uint8Array) {
    try {
      return conversion.convert(start(index), piece);
    } catch (error) {
      await removeUnfinished(key); // it can never be held so
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
