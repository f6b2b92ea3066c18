import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { downloadFile, PIECE_BYTES, type PieceSink } from './download';
import { planHalf } from './half-file';

const content = randomBytes(2 * PIECE_BYTES + 1000);

let server: Server;
let url: string;
let ranges: (string | undefined)[];
/** What the server does with the nth request; the last entry holds for all later requests. */
let answers: ((from: number, request: IncomingMessage, response: ServerResponse) => void)[];

const send =
  (options: { until?: number; ranges?: boolean; data?: Buffer; modified?: string } = {}) =>
  (wanted: number, _: IncomingMessage, response: ServerResponse) => {
    const { until, data = content, modified } = options;
    const from = options.ranges === false ? 0 : wanted;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': data.length - from,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${data.length - 1}/${data.length}` } : {}),
      ...(modified ? { 'last-modified': modified } : {}),
    });
    if (until === undefined) response.end(data.subarray(from));
    else response.write(data.subarray(from, until), () => setTimeout(() => response.destroy(), 50));
  };

beforeEach(async () => {
  ranges = [];
  answers = [send()];
  server = createServer((request, response) => {
    const { range } = request.headers;
    const answer = answers[Math.min(ranges.length, answers.length - 1)]!;
    ranges.push(range);
    answer(Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0), request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/w`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Pieces in memory. */
class MemorySink implements PieceSink {
  pieces: Uint8Array<ArrayBuffer>[] = [];
  start(index: number) {
    return index * PIECE_BYTES;
  }
  async count() {
    return this.pieces.length;
  }
  async put(index: number, piece: Uint8Array<ArrayBuffer>) {
    expect(index).toBe(this.pieces.length);
    this.pieces.push(piece);
  }
  async clear() {
    this.pieces = [];
  }
  async holds(expected: Buffer) {
    return Buffer.concat(this.pieces).equals(expected);
  }
}

async function run(sink: PieceSink, modified: string | null = null, signal?: AbortSignal): Promise<number[]> {
  const seen: number[] = [];
  const file = { path: 'w', bytes: content.length, sha256: null, from: { url, modified } };
  await downloadFile(file, sink, signal, (loaded) => seen.push(loaded));
  return seen;
}

it('comes in pieces, and says how far it is', async () => {
  const sink = new MemorySink();
  const seen = await run(sink);
  expect(sink.pieces.map(({ length }) => length)).toEqual([PIECE_BYTES, PIECE_BYTES, 1000]);
  expect(await sink.holds(content)).toBe(true);
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(content.length);
  expect(ranges).toEqual([undefined]);
});

it('goes on behind the last whole piece, as often as it breaks', async () => {
  answers = [send({ until: PIECE_BYTES + 5 }), send({ until: 2 * PIECE_BYTES + 5 }), send()];
  const sink = new MemorySink();
  await run(sink);
  expect(await sink.holds(content)).toBe(true);
  expect(ranges).toEqual([undefined, `bytes=${PIECE_BYTES}-`, `bytes=${2 * PIECE_BYTES}-`]);
});

it('goes on in the middle of a tensor that is rounded on its way', async () => {
  // Numbers begin at an odd byte, so that without care every piece would end within one.
  const numbers = content.length - 104;
  const entry = { dtype: 'F32', shape: [2, numbers / 8], data_offsets: [0, numbers] };
  const json = Buffer.from(JSON.stringify({ w: entry }).padEnd(93));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const header = Buffer.concat([length, json]);
  const values = Float32Array.from({ length: numbers / 4 }, (_, i) => Math.sin(i));
  const file = Buffer.concat([header, Buffer.from(values.buffer), Buffer.from([1, 2, 3])]);
  expect(file).toHaveLength(content.length);
  const half = planHalf(header, file.length, 'w')!;
  const sink = new (class extends MemorySink {
    override start(index: number) {
      return half.cut(index * PIECE_BYTES);
    }
    override async put(index: number, piece: Uint8Array<ArrayBuffer>) {
      await super.put(index, half.convert(this.start(index), piece));
    }
  })();
  const data = file;
  answers = [
    send({ data, until: PIECE_BYTES + 5 }),
    send({ data, until: 2 * PIECE_BYTES + 6 }),
    send({ data }),
  ];
  await run(sink);
  expect(ranges).toEqual([undefined, `bytes=${PIECE_BYTES - 3}-`, `bytes=${2 * PIECE_BYTES - 3}-`]);
  expect(await sink.holds(Buffer.from(half.convert(0, file)))).toBe(true);
});

it('asks for nothing where all is here', async () => {
  const sink = new MemorySink();
  await run(sink);
  ranges.length = 0;
  await run(sink);
  expect(ranges).toEqual([]);
});

it('starts again where the server does not support ranges', async () => {
  answers = [send({ until: PIECE_BYTES + 5 }), send({ ranges: false })];
  const sink = new MemorySink();
  await run(sink);
  expect(await sink.holds(content)).toBe(true);
});

it('starts again where the file has changed since', async () => {
  const old = 'Mon, 01 Jan 2026 00:00:00 GMT';
  const other = randomBytes(content.length);
  answers = [send({ data: other, modified: 'Tue, 02 Jan 2026 00:00:00 GMT' })];
  const sink = new MemorySink();
  await sink.put(0, new Uint8Array(content.subarray(0, PIECE_BYTES)));
  await run(sink, old);
  expect(await sink.holds(other)).toBe(true);
});

it('refuses a file that is longer than announced, and keeps nothing of it', async () => {
  answers = [send({ data: Buffer.concat([content, content]) })];
  const sink = new MemorySink();
  await expect(run(sink)).rejects.toMatchObject({ code: 'model-corrupt' });
  expect(sink.pieces).toEqual([]);
});

it('gives up after four attempts that bring nothing new, and keeps the pieces', async () => {
  answers = [send({ until: PIECE_BYTES + 5 })];
  const sink = new MemorySink();
  await expect(run(sink)).rejects.toMatchObject({
    code: 'model-fetch',
    message: expect.stringMatching(/broke at 4\.2 MB of 8\.4 MB/),
  });
  expect(sink.pieces).toHaveLength(1);
  expect(ranges.length).toBeGreaterThanOrEqual(4);
}, 20_000);

it('does not try again where the server refuses', async () => {
  answers = [(_, __, response) => response.writeHead(429, { 'retry-after': '7' }).end()];
  await expect(run(new MemorySink())).rejects.toMatchObject({
    hint: expect.stringContaining('in 7 seconds'),
  });
  expect(ranges).toHaveLength(1);
});

it('stops where it is told to', async () => {
  answers = [(_, __, response) => response.writeHead(200).write(content.subarray(0, 100))];
  const controller = new AbortController();
  const running = run(new MemorySink(), null, controller.signal);
  setTimeout(() => controller.abort(), 100);
  await expect(running).rejects.toSatisfy((error: Error) => error.name === 'AbortError');
});
