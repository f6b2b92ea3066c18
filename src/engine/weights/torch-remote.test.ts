import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readStoredCheckpoint } from '../image/stored-graphs';
import { listCheckpoints, readPieces, removeCheckpoint } from '../storage/checkpoint-store';
import { closeDatabase } from '../storage/database';
import { listUnfinished } from '../storage/unfinished';
import { PIECE_BYTES } from './download';
import { planHalf } from './half-file';
import { inspectCheckpoint } from './inspect';
import { keepCheckpoint } from './keep-checkpoint';
import { type CheckpointPlan, downloadBytes, inPrecision } from './plan';
import { headerLength, readHeader } from './safetensors';
import { parseSource } from './source';
import { Hub } from './testing/hub';
import { torchArchiveOf, torchStreamOf } from './testing/torch-writer';

const ODP = 'tests/one-d-piece-tiny';
const BIN = 'pytorch_model.bin';
const twin = readFileSync(
  join(import.meta.dirname, '../families/fixtures/one-d-piece-tiny/model.safetensors'),
);
const archive = Buffer.from(torchArchiveOf(twin));
const stream = Buffer.from(torchStreamOf(twin));
const never = new AbortController().signal;
const CDN = `GET /cdn/tests/torch/${BIN}`;

let hub: Hub;
let config: Buffer;
beforeAll(async () => {
  hub = await Hub.start();
  config = hub.file(ODP, 'config.json');
});
beforeEach(async () => {
  await closeDatabase();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
  hub.publish('tests/torch', { 'config.json': config, [BIN]: archive });
  hub.treat(BIN, undefined);
  hub.requests.length = 0;
});
afterAll(async () => {
  await hub.stop();
  await closeDatabase();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

const look = (text = 'tests/torch') => inspectCheckpoint(parseSource(text, hub.url));
const keep = (plan: CheckpointPlan, signal = never) => keepCheckpoint(plan, signal, () => {});
const asked = () => hub.requests.filter((request) => request.startsWith(CDN));

/** Each tensor of a safetensors file: type, shape, bytes. */
function tensorsOf(bytes: Uint8Array): Record<string, string> {
  const tensors = readHeader(bytes.subarray(0, headerLength(bytes, 'x')), bytes.length, 'x');
  return Object.fromEntries(
    [...tensors].sort().map(([name, { type, dims, offset, length }]) => {
      const content = Buffer.from(bytes.subarray(offset, offset + length)).toString('base64');
      return [name, `${type} ${dims} ${content}`];
    }),
  );
}

/** What is kept of the weights. */
async function kept({ key, files }: CheckpointPlan): Promise<Uint8Array> {
  const pieces: Blob[] = [];
  for (const { path } of files) pieces.push(...(await readPieces(key, path)));
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

it('is announced by a few ranges, kept as the safetensors that it could be, and opened', async () => {
  const plan = await look();
  // The beginning, the end, and what one of the numbers in between has in front of it.
  expect(asked()).toEqual([
    `${CDN} bytes=0-262143`,
    `${CDN} bytes=${archive.length - 262144}-${archive.length - 1}`,
    expect.stringMatching(/bytes=(\d+)-(\d+)$/),
  ]);
  expect(plan).toMatchObject({
    family: 'one-d-piece',
    format: 'safetensors',
    id: `hf:tests/torch@${Hub.commit}`,
  });
  expect(plan.parameters).toBe((await look(ODP)).parameters);
  expect(downloadBytes(plan)).toBe(archive.length);
  const seen: number[] = [];
  const record = await keepCheckpoint(plan, never, ({ loaded }) => seen.push(loaded));
  expect(seen.at(-1)).toBe(archive.length);
  const bytes = await kept(plan);
  expect(bytes).toHaveLength(plan.bytes);
  expect(tensorsOf(bytes)).toEqual(tensorsOf(twin));
  const { data } = await readStoredCheckpoint(record.id, 'wasm', undefined, () => {});
  expect(data).toHaveLength(1);
  await removeCheckpoint(record.id);
  expect(await kept(plan)).toHaveLength(0);
});

it('in half precision is bit for bit what the safetensors give', async () => {
  const half = planHalf(twin.subarray(0, headerLength(twin, 'x')), twin.length, 'x')!;
  const plan = inPrecision(await look(), 'half');
  expect(plan.bytes).toBe(half.bytes);
  hub.treat(BIN, { cutAt: PIECE_BYTES + 100_001 });
  await keep(plan);
  expect(tensorsOf(await kept(plan))).toEqual(tensorsOf(half.convert(0, twin)));
  expect(inPrecision(plan, 'full').bytes).toBe((await look()).bytes);
});

it('goes on where it was cancelled, and asks for the rest only', async () => {
  const plan = await look();
  hub.treat(BIN, { stallAt: PIECE_BYTES + 1000 });
  const stop = new AbortController();
  const going = keepCheckpoint(plan, stop.signal, ({ loaded }) => {
    if (loaded > PIECE_BYTES) stop.abort();
  });
  await expect(going).rejects.toThrow();
  // As after a reload: the plan comes back out of the store.
  const [unfinished] = await listUnfinished(PIECE_BYTES);
  expect(unfinished).toMatchObject({ stored: PIECE_BYTES, plan: { bytes: plan.bytes } });
  hub.treat(BIN, undefined);
  hub.requests.length = 0;
  await keep(unfinished!.plan);
  const [request] = asked();
  const from = Number(/bytes=(\d+)-$/.exec(request!)![1]);
  expect(asked()).toHaveLength(1);
  expect(PIECE_BYTES - from).toBeLessThan(4);
  expect(tensorsOf(await kept(plan))).toEqual(tensorsOf(twin));
});

it('of another content than announced is thrown away', async () => {
  const wrong = Buffer.from(archive);
  wrong[3_000_000]! ^= 1;
  for (const precision of ['full', 'half'] as const) {
    hub.replace('tests/torch', BIN, archive);
    const plan = inPrecision(await look(), precision);
    hub.replace('tests/torch', BIN, wrong);
    await expect(keep(plan)).rejects.toThrow(
      `${BIN} does not have the content that was announced (sha256 differs)`,
    );
    expect(await kept(plan)).toHaveLength(0);
    expect(await listCheckpoints()).toEqual([]);
  }
});

it('at an address is taken like at a hub, also as a stream, and as an archive with 64-bit places', async () => {
  const files = { stream, large: Buffer.from(torchArchiveOf(twin, true)) };
  for (const [name, content] of Object.entries(files)) {
    hub.publish(`tests/${name}`, { 'config.json': config, 'model.ckpt': content });
    const plan = await look(`${hub.url}/cdn/tests/${name}/model.ckpt`);
    expect(plan).toMatchObject({ family: 'one-d-piece', id: null, origin: { kind: 'url' } });
    const record = await keep(plan);
    expect(record.id).toMatch(/^file:/);
    expect(tensorsOf(await kept(plan))).toEqual(tensorsOf(twin));
  }
  // The same file from the visitor's device has the same name.
  const [first] = await listCheckpoints();
  const local = await keep(
    await inspectCheckpoint({
      kind: 'files',
      files: [
        { name: 'config.json', content: new Blob([new Uint8Array(config)]) },
        { name: 'model.ckpt', content: new Blob([new Uint8Array(stream)]) },
      ],
    }),
  );
  expect(local.id).toBe(first!.id);
});

it('of a server without ranges is read as a stream, and as an archive refused with a way out', async () => {
  hub.treat(BIN, { noRanges: true });
  await expect(look()).rejects.toMatchObject({
    code: 'checkpoint-refused',
    message: expect.stringMatching(/gives out pytorch_model\.bin only as a whole/),
    hint: expect.stringMatching(/drop it here/),
  });
  hub.publish('tests/torch', { 'config.json': config, [BIN]: stream });
  const plan = await look();
  await keep(plan);
  expect(tensorsOf(await kept(plan))).toEqual(tensorsOf(twin));
});

it('says so where the connection breaks while it is looked at', async () => {
  const tail = archive.length - 262144;
  hub.treat(BIN, { cutAt: tail + 1000, always: true });
  await expect(look()).rejects.toThrow(/The connection to .* broke while pytorch_model\.bin was looked at/);
});

it('that became another file since it was looked at is refused', async () => {
  const plan = await look(`${hub.url}/cdn/tests/torch/${BIN}`);
  const other = Buffer.from(archive);
  other[200] = other[200]! ^ 1;
  hub.replace('tests/torch', BIN, other);
  await expect(keep(plan)).rejects.toThrow(`${BIN} is no longer the file that was inspected.`);
  expect(await listUnfinished(PIECE_BYTES)).toEqual([]);
});

it('is found by the path in its address, and named by it', async () => {
  hub.publish('tests/several', { 'config.json': config, 'ckpt/16.pt': archive, 'ckpt/32.pt': stream });
  const plan = await look(`${hub.url}/tests/several/blob/main/ckpt/32.pt`);
  expect(plan).toMatchObject({ id: `hf:tests/several@${Hub.commit}/ckpt/32.pt`, name: 'several 32' });
  expect((await look(plan.id!)).id).toBe(plan.id);
  // The one that is chosen anyway has one name only.
  expect((await look(`${hub.url}/tests/torch/resolve/main/${BIN}`)).id).toBe(`hf:tests/torch@${Hub.commit}`);
});

it.each(['safetensors', 'bin'] as const)('split into several .%s files is one checkpoint', async (ending) => {
  const [first, second] = split(twin);
  const pack = (bytes: Buffer) => (ending === 'bin' ? Buffer.from(torchArchiveOf(bytes)) : bytes);
  const stem = ending === 'bin' ? 'pytorch_model' : 'model';
  const name = (i: number) => `${stem}-0000${i}-of-00002.${ending}`;
  const index = `${stem}.${ending}.index.json`;
  hub.publish('tests/split', {
    'config.json': config,
    [name(1)]: pack(first),
    [name(2)]: pack(second),
    [index]: JSON.stringify({ weight_map: { a: name(1), b: name(2), c: name(1) } }),
  });
  const half = planHalf(twin.subarray(0, headerLength(twin, 'x')), twin.length, 'x')!.convert(0, twin);
  for (const where of ['tests/split', `${hub.url}/cdn/tests/split/`, `${hub.url}/cdn/tests/split/${index}`]) {
    const plan = await look(where);
    expect(plan.files).toHaveLength(2);
    await keep(plan);
    expect(tensorsOf(await kept(plan))).toEqual(tensorsOf(twin));
    const halved = inPrecision(plan, 'half');
    const record = await keep(halved);
    expect(tensorsOf(await kept(halved))).toEqual(tensorsOf(half));
    const { data } = await readStoredCheckpoint(record.id, 'wasm', undefined, () => {});
    expect(data[0]!.bytes).toHaveLength(halved.bytes);
  }
});

/** A safetensors file as two, every other tensor in each. */
function split(bytes: Buffer): [Buffer, Buffer] {
  const tensors = [...readHeader(bytes.subarray(0, headerLength(bytes, 'x')), bytes.length, 'x')];
  const part = (rest: number) => {
    let at = 0;
    const mine = tensors.filter((_, i) => i % 2 === rest);
    const entries = mine.map(([name, { dims, length }]) => {
      at += length;
      return [name, { dtype: 'F32', shape: dims, data_offsets: [at - length, at] }];
    });
    const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([
      length,
      json,
      ...mine.map(([, { offset, length: size }]) => bytes.subarray(offset, offset + size)),
    ]);
  };
  return [part(0), part(1)];
}
