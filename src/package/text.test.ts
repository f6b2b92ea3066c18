import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue, loadTokenizer, readTokenizer } from './text';

const FOLDER = 'generated/vocabularies';
const HELLO = [15496, 11, 995, 0];
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    readFile(`${FOLDER}/..${request.url}`).then(
      (bytes) => response.writeHead(200).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  address = `http://localhost:${(server.address() as AddressInfo).port}/vocabularies`;
});
afterAll(() => server.close());

describe('loadTokenizer', () => {
  it('lists what it knows, each with its terms', () => {
    expect(catalogue.map(({ id }) => id)).toContain('o200k');
    for (const { licence, licenceUrl } of catalogue) expect(licence && licenceUrl).toBeTruthy();
    expect(catalogue[0]).not.toHaveProperty('spec');
  });

  it.each([
    ['what comes with it', () => undefined],
    ["a folder's path", () => FOLDER],
    ["a folder's address", () => address],
    ['the same with a slash', () => new URL(`${address}/`)],
    ['a function', () => (name: string) => readFile(`${FOLDER}/${name}.bin`)],
  ])('takes vocabularies from %s', async (_, vocabularies) => {
    const tokenizer = await loadTokenizer('gpt2', { vocabularies: vocabularies() });
    expect([...tokenizer.encode('Hello, world!').ids]).toEqual(HELLO);
  });

  it('names what there is where an id is unknown', async () => {
    const loading = loadTokenizer('gpt-2');
    await expect(loading).rejects.toMatchObject({
      code: 'tokenizer-unknown',
      message: 'There is no tokenizer "gpt-2".',
      hint: expect.stringMatching(/gpt2.*readTokenizer/),
    });
  });

  it.each([
    ['a folder without them', () => 'docs', /ENOENT/],
    [
      'a server without them',
      () => `${address}/nothing`,
      /The vocabulary "gpt2" could not be read: .* 404\./,
    ],
  ])('says why a vocabulary could not be read: %s', async (_, vocabularies, message) => {
    const loading = loadTokenizer('gpt2', { vocabularies: vocabularies() });
    await expect(loading).rejects.toMatchObject({
      code: 'tokenizer-fetch',
      message: expect.stringMatching(message),
    });
  });

  it('ends when it is told to', async () => {
    const loading = loadTokenizer('gpt2', { vocabularies: address, signal: AbortSignal.abort() });
    await expect(loading).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('readTokenizer', () => {
  const json = JSON.stringify({
    model: { type: 'WordLevel', vocab: { hello: 0, world: 1, '[UNK]': 2 }, unk_token: '[UNK]' },
    pre_tokenizer: { type: 'Whitespace' },
    normalizer: null,
    post_processor: null,
    decoder: null,
    added_tokens: [],
  });
  const bytes = new TextEncoder().encode(json);

  it.each([
    ['name and bytes', { name: 'tokenizer.json', bytes }],
    ['a list of one', [{ name: 'tokenizer.json', bytes }]],
    ['a File', new File([bytes], 'tokenizer.json')],
    ['an address', new URL(`data:application/json,${encodeURIComponent(json)}`)],
  ])('takes %s', async (_, input) => {
    const { tokenizer, notes } = await readTokenizer(input);
    expect([...tokenizer.encode('hello there world').ids]).toEqual([0, 2, 1]);
    expect(notes).toEqual([]);
  });

  it('says what a file is instead, and where one is missing', async () => {
    const config = { name: 'config.json', bytes: new TextEncoder().encode('{"model_type":"llama"}') };
    await expect(readTokenizer(config)).rejects.toMatchObject({ code: 'tokenizer-unsupported' });
    const missing = new URL('./nothing.json', import.meta.url);
    await expect(readTokenizer(missing)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('nothing.json could not be read: ENOENT'),
    });
  });
});
