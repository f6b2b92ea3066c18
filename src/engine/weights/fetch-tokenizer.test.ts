import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ggufFile } from '../../tokenizers/testing/gguf-writer';
import { type FetchedTokenizer, fetchTokenizer } from './fetch-tokenizer';
import { Hub } from './testing/hub';

let hub: Hub;
beforeAll(async () => {
  hub = await Hub.start();
});
afterAll(async () => hub.stop());
afterEach(() => {
  hub.requests.length = 0;
});

const get = (text: string, signal?: AbortSignal) => fetchTokenizer(text, hub.url, signal, () => {});
const names = ({ files }: FetchedTokenizer) => files.map(({ name }) => name);

describe('of a repository', () => {
  it.each([
    [['tokenizer.json', 'tekken.json', 'tokenizer.model'], ['tokenizer.json']],
    [['tekken.json', 'tokenizer.model', 'params.json'], ['tekken.json']],
    [
      ['tokenizer.model', 'tokenizer_config.json', 'vocab.txt'],
      ['tokenizer.model', 'tokenizer_config.json'],
    ],
    [['spiece.model', 'config.json'], ['spiece.model']],
    [
      ['vocab.json', 'merges.txt', 'chat_template.jinja'],
      ['vocab.json', 'merges.txt', 'chat_template.jinja'],
    ],
    [['vocab.json', 'vocab.txt'], ['vocab.txt']],
    [['qwen.tiktoken', 'vocab.txt'], ['qwen.tiktoken']],
    [['model_index.json', 'tokenizer/vocab.txt', 'text_encoder/config.json'], ['vocab.txt']],
  ])('%j gives %j', async (listed, chosen) => {
    hub.publish('a/b', Object.fromEntries(listed.map((path) => [path, `content of ${path}`])));
    const fetched = await get('a/b');
    expect(names(fetched)).toEqual(chosen);
    expect(await fetched.files[0]!.content.text()).toMatch(/^content of /);
    expect(fetched).toMatchObject({ name: 'b', origin: `hf:a/b@${Hub.commit}`, note: '' });
  });

  it('reads a revision, an address, and an origin as a link carries it', async () => {
    hub.publish('a/b', { 'tokenizer.json': '1', 'x/tokenizer.json': '2', 'x/tokenizer_config.json': '3' });
    await get('a/b@v1.0');
    expect(hub.requests[0]).toBe('GET /api/models/a/b/revision/v1.0');
    expect((await get(`${hub.url}/a/b`)).origin).toBe(`hf:a/b@${Hub.commit}`);
    expect((await get(`${hub.url}/a/b/tree/main`)).origin).toBe(`hf:a/b@${Hub.commit}`);
    const inside = await get(`${hub.url}/a/b/resolve/main/x/tokenizer.json?download=true`);
    expect(await inside.files[0]!.content.text()).toBe('2');
    expect(names(inside)).toEqual(['tokenizer.json', 'tokenizer_config.json']);
    expect(inside.origin).toBe(`hf:a/b@${Hub.commit}/x/tokenizer.json`);
    expect(await (await get(inside.origin!)).files[0]!.content.text()).toBe('2');
  });

  it('reports bytes, and stops where it is told to', async () => {
    hub.publish('a/b', { 'tokenizer.json': 'x'.repeat(300_000) });
    const seen: number[] = [];
    await fetchTokenizer('a/b', hub.url, undefined, ({ loaded, total }) => {
      expect(total).toBe(300_000);
      seen.push(loaded);
    });
    expect(seen.at(-1)).toBe(300_000);
    hub.treat('tokenizer.json', { stallAt: 1000, always: true });
    const stop = new AbortController();
    const waiting = get('a/b', stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(waiting).rejects.toThrow(/abort|newer/i);
    hub.treat('tokenizer.json', undefined);
  });

  it('follows a repository to its new name', async () => {
    hub.publish('old/name', { 'tokenizer.json': '1' });
    hub.rename('old/name', 'new/name');
    expect(await get('old/name')).toMatchObject({
      origin: `hf:new/name@${Hub.commit}`,
      note: 'old/name is called new/name now.',
    });
  });

  it('names a connection that breaks, and content that is not the announced one', async () => {
    hub.publish('a/m', { 'tokenizer.model': 'abcdefgh' });
    hub.treat('tokenizer.model', { body: 'abcdefgX' });
    await expect(get('a/m')).rejects.toThrow('sha256 differs');
    hub.treat('tokenizer.model', { cutAt: 3, always: true });
    await expect(get('a/m')).rejects.toThrow('broke before all of tokenizer.model had arrived');
    hub.treat('tokenizer.model', undefined);
  });
});

describe('what cannot be fetched', () => {
  it.each([
    ['', 'Nothing was entered'],
    ['two words', 'neither a repository nor an address'],
    ['a/b@../x', 'is not a revision'],
    ['http://example.org/tokenizer.json', 'over https only'],
    ['ftp://example.org/x', 'neither a repository nor an address'],
    ['no/body', 'asks for a login'],
  ])('%s', (text, message) => expect(get(text)).rejects.toThrow(message));

  it('a gated repository, one without a tokenizer, an empty one, a missing file', async () => {
    hub.publish('g/ated', { 'tokenizer.json': '1' });
    hub.gate('g/ated');
    await expect(get('g/ated')).rejects.toMatchObject({
      message: expect.stringContaining('the repository is gated'),
      hint: expect.stringContaining('Accept its terms'),
    });
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`part-${i}.bin`, 'x']));
    hub.publish('w/eights', { 'README.md': '', ...many });
    await expect(get('w/eights')).rejects.toThrow(
      'It has part-0.bin, part-1.bin, part-2.bin, part-3.bin, part-4.bin, part-5.bin, and 3 more.',
    );
    hub.publish('e/mpty', {});
    await expect(get('e/mpty')).rejects.toThrow('It is empty.');
    await expect(get(`${hub.url}/w/eights/blob/main/tokenizer.json`)).rejects.toThrow(
      'has no tokenizer.json',
    );
  });
});

describe('GGUF', () => {
  const metadata = { 'tokenizer.ggml.model': 'gpt2', 'tokenizer.ggml.tokens': { texts: ['a'] } };
  const file = (weights: number) => Buffer.from(ggufFile(metadata, { rest: new Uint8Array(weights) }));

  it('reads the metadata of the smallest by ranges', async () => {
    hub.publish('q/uant', {
      'mmproj-f16.gguf': 'x',
      'big-00001-of-00002.gguf': file(5_000_000),
      'big-00002-of-00002.gguf': 'x',
      'small.gguf': file(3_000_000),
    });
    const { files, origin } = await get('q/uant');
    expect(files.map(({ name }) => name)).toEqual(['small.gguf']);
    expect(files[0]!.content.size).toBeLessThan(300);
    expect(origin).toBe(`hf:q/uant@${Hub.commit}`);
    expect(hub.requests.at(-1)).toBe('GET /cdn/q/uant/small.gguf bytes=0-262143');
  });

  it('at an address with another name too, and where a server sends only whole files', async () => {
    hub.publish('q/uant', { 'weights.bin': file(3_000_000) });
    const { files } = await get(`${hub.url}/cdn/q/uant/weights.bin`);
    expect(files[0]!.content.size).toBeLessThan(300);
    hub.treat('weights.bin', { noRanges: true });
    expect((await get(`${hub.url}/cdn/q/uant/weights.bin`)).files[0]!.content.size).toBeLessThan(300);
    hub.treat('weights.bin', undefined);
  });
});

describe('at an address', () => {
  it('a file, and the other half of two', async () => {
    hub.publish('x/y', { 'vocab.json': '{}', 'merges.txt': 'a b' });
    const url = `${hub.url}/cdn/x/y/merges.txt`;
    const fetched = await get(url);
    expect(names(fetched)).toEqual(['merges.txt', 'vocab.json']);
    expect(fetched).toMatchObject({ name: 'merges.txt', origin: url });
    await expect(get(`${hub.url}/cdn/x/y/none.json`)).rejects.toThrow('has no none.json (404)');
  });
});
