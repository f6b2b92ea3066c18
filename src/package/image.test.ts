import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as image from './image';
import * as node from './image.node';

/** Both are `tokenoscope/image`: what one exports, the other does. */
const both: typeof image = node;
const { fitPicture, loadImageModel, openCheckpoint, toRgba } = both;

const FIXTURES = 'src/engine/image/fixtures';
const CHECKPOINT = 'src/engine/families/fixtures/one-d-piece-tiny';
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    readFile(`${FIXTURES}${request.url}`).then(
      (bytes) => response.writeHead(200).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  address = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());

const picture = {
  width: 40,
  height: 30,
  data: Uint8Array.from({ length: 40 * 30 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) % 256)),
};

describe('loadImageModel', () => {
  it.each<[string, string | URL, () => string | undefined]>([
    ['an id and a folder', 'toy-16', () => FIXTURES],
    ["a folder's path", `${FIXTURES}/toy-16`, () => undefined],
    ["a folder's address on a disk", pathToFileURL(`${FIXTURES}/toy-16`), () => undefined],
    ['an id and an address', 'toy-16', () => address],
  ])('takes %s', async (_, model, models) => {
    const opened = await loadImageModel(model, { models: models() });
    const ids = await opened.encode(fitPicture(picture, opened.manifest.image));
    expect(ids).toHaveLength(opened.manifest.tokens.count);
    const drawn = await opened.decode(ids, 4);
    expect(toRgba(drawn)).toHaveLength(16 * 16 * 4);
    await opened.release();
  });

  it('takes the address of a model', async () => {
    const model = await loadImageModel(new URL('toy-16', address));
    expect(model.manifest.id).toBe('toy-16');
  });

  it('opens a checkpoint from its folder, and the same from memory', async () => {
    const fromFolder = await loadImageModel(CHECKPOINT);
    const config: unknown = JSON.parse(await readFile(`${CHECKPOINT}/config.json`, 'utf8'));
    const weights = await readFile(`${CHECKPOINT}/model.safetensors`);
    const fromMemory = await openCheckpoint({ name: 'one-d-piece-tiny', config, weights });
    const input = fitPicture(picture, fromFolder.manifest.image);
    expect(fromMemory.manifest).toEqual(fromFolder.manifest);
    expect(await fromMemory.encode(input)).toEqual(await fromFolder.encode(input));
  });

  it('opens a checkpoint in half precision', async () => {
    const model = await loadImageModel(CHECKPOINT, { half: true });
    expect(await model.encode(fitPicture(picture, model.manifest.image))).toHaveLength(
      model.manifest.tokens.count,
    );
  });

  it('names what there is where a model is unknown, and what cannot be halved', async () => {
    await expect(loadImageModel('nope', { models: FIXTURES })).rejects.toMatchObject({
      code: 'model-unknown',
      hint: expect.stringContaining('Here are: toy-16.'),
    });
    await expect(loadImageModel('toy-16', { models: FIXTURES, half: true })).rejects.toMatchObject({
      code: 'checkpoint-refused',
    });
    await expect(loadImageModel('nope', { models: address })).rejects.toMatchObject({ code: 'model-fetch' });
  });
});
