import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginCheckpoint, countPieces, listCheckpoints, putPiece } from '../storage/checkpoint-store';
import { closeDatabase } from '../storage/database';
import { listUnfinished } from '../storage/unfinished';
import { PIECE_BYTES } from './download';
import { inspectCheckpoint } from './inspect';
import { keepCheckpoint } from './keep-checkpoint';
import { inPrecision } from './plan';
import { headerLength } from './safetensors';

// Other files of this thread run as in a Node without IndexedDB.
afterAll(async () => {
  await closeDatabase();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

const ODP = join(import.meta.dirname, '../families/fixtures/one-d-piece-tiny');
const config = readFileSync(join(ODP, 'config.json'));
const weights = readFileSync(join(ODP, 'model.safetensors'));

/** Looks at the checkpoint as files that a visitor chose: each time other handles on the same bytes. */
const look = (bytes: Uint8Array<ArrayBuffer> = new Uint8Array(weights)) =>
  inspectCheckpoint({
    kind: 'files',
    files: [
      { name: 'config.json', content: new Blob([new Uint8Array(config)]) },
      { name: 'model.safetensors', content: new Blob([bytes]) },
    ],
  });
const never = new AbortController().signal;
const withByte = (at: number, value: number) => {
  const bytes = new Uint8Array(weights);
  bytes[at] = value;
  return bytes;
};

beforeEach(async () => {
  await closeDatabase();
  vi.unstubAllGlobals();
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {}); // as on plain http, without locks
});

/** Stops after the first piece, as a closed page does. */
async function stopHalfway(plan: Awaited<ReturnType<typeof look>>): Promise<void> {
  const stopping = new AbortController();
  await expect(keepCheckpoint(plan, stopping.signal, () => stopping.abort())).rejects.toMatchObject({
    code: 'aborted',
  });
}

describe('files from disk', () => {
  it.each(['full', 'half'] as const)(
    'in %s precision go on where they stopped, also after a reload',
    async (precision) => {
      const plan = inPrecision(await look(), precision);
      await stopHalfway(plan);
      expect((await listUnfinished(PIECE_BYTES))[0]).toMatchObject({
        stored: PIECE_BYTES,
        plan: { key: plan.key },
      });
      const again = inPrecision(await look(), precision);
      expect(again.key).toBe(plan.key);
      // Stored pieces are compared and not written again.
      const put = vi.spyOn((await import('fake-indexeddb')).IDBObjectStore.prototype, 'put');
      const record = await keepCheckpoint(again, never, () => {});
      const pieces = put.mock.calls.filter(([, key]) => Array.isArray(key) && key.length === 4);
      put.mockRestore();
      expect(pieces.map(([, key]) => (key as unknown[])[3])).toEqual([1]);
      expect(record.files).toHaveLength(1);
      expect(await listUnfinished(PIECE_BYTES)).toEqual([]);
      expect(await keepCheckpoint(inPrecision(await look(), precision), never, () => {})).toMatchObject({
        id: record.id,
      });
    },
  );

  it('are not copied into the plan, which would take their room twice', async () => {
    await beginCheckpoint(await look());
    const [{ plan } = { plan: undefined }] = await listUnfinished(PIECE_BYTES);
    expect(plan!.files.map(({ from }) => 'blob' in from && from.blob.size)).toEqual([0]);
  });

  it('that differ have another key, and pieces of another file are thrown away', async () => {
    const other = await look(withByte(weights.length - 2, 1));
    const plan = await look();
    expect(other.key).not.toBe(plan.key);
    await beginCheckpoint(plan);
    await putPiece(plan.key, 'model.safetensors', 0, new Blob([new Uint8Array(PIECE_BYTES)]));
    const record = await keepCheckpoint(plan, never, () => {});
    const clean = await keepCheckpoint(await look(), never, () => {});
    expect(clean.files).toEqual(record.files);
  });
});

it('what was begun in one precision is gone when the other has come', async () => {
  const full = await look();
  await stopHalfway(full);
  await keepCheckpoint(inPrecision(full, 'half'), never, () => {});
  expect(await listUnfinished(PIECE_BYTES)).toEqual([]);
  expect(await countPieces(full.key, 'model.safetensors')).toBe(0);
  expect(await listCheckpoints()).toHaveLength(1);
  // Inspected again and stopped: it is complete anyway.
  await stopHalfway(inPrecision(full, 'half'));
  expect(await listUnfinished(PIECE_BYTES)).toEqual([]);
});

it('weights with a NaN are refused by the tensor, and nothing of them stays', async () => {
  const start = headerLength(weights, 'model.safetensors');
  const at = start + 4 * Math.floor((weights.length - start) / 8);
  const bytes = new Uint8Array(weights);
  bytes.set([0, 0, 0xc0, 0x7f], at);
  for (const precision of ['full', 'half'] as const) {
    const plan = inPrecision(await look(bytes), precision);
    await expect(keepCheckpoint(plan, never, () => {})).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringMatching(/^"[\w.]+" in model\.safetensors holds NaN, which is not a number/),
    });
    expect(await listCheckpoints()).toEqual([]);
    expect(await listUnfinished(PIECE_BYTES)).toEqual([]);
    expect(await countPieces(plan.key, 'model.safetensors')).toBe(0);
  }
});
