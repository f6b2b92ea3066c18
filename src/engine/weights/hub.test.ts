import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectCheckpoint } from './inspect';
import { parseSource } from './source';
import { Hub, type Mood } from './testing/hub';

const TINY = 'tests/one-d-piece-tiny';
const WEIGHTS = 'model.safetensors';

let hub: Hub;
beforeAll(async () => {
  hub = await Hub.start();
  const weights = hub.file(TINY, WEIGHTS);
  const config = hub.file(TINY, 'config.json');
  const huge = Buffer.alloc(64);
  huge.writeBigUInt64LE(2n ** 60n);
  const lacking = withHeader(weights, (header) => {
    delete header['decoder.ln_post.bias'];
  });
  hub.publish('bad/truncated', { 'config.json': config, [WEIGHTS]: weights.subarray(0, 400_000) });
  hub.publish('bad/header', { 'config.json': config, [WEIGHTS]: huge });
  hub.publish('bad/tensor', { 'config.json': config, [WEIGHTS]: lacking });
  hub.publish('bad/llama', { 'config.json': '{"architectures":["Llama"]}', [WEIGHTS]: weights });
  hub.publish('bad/json', { 'config.json': '{"model":', [WEIGHTS]: weights });
  hub.publish('bad/pickle', { 'config.json': config, 'pytorch_model.bin': 'PK' });
  hub.publish('bad/cut', { 'config.json': config, 'pytorch_model.bin': 'PK\x03\x04'.padEnd(100) });
  hub.publish('bad/evil', {
    'pytorch_model.bin': Buffer.from('gAJjcG9zaXgKc3lzdGVtClgCAAAAbHOFUi4=', 'base64'),
  });
  hub.publish('bad/many', { 'ckpt/128.pt': 'PK', 'ckpt/64.pt': 'PK', 'ckpt/optimizer.pt': 'PK' });
  const part = (i: number) => `pytorch_model-0000${i}-of-00003.bin`;
  hub.publish('bad/split', { [part(1)]: 'PK', [part(3)]: 'PK', 'pytorch_model.bin.index.json': '{}' });
  hub.publish('bad/nothing', { 'README.md': 'Hello' });
  hub.publish('bad/alone', {
    [WEIGHTS]: withHeader(weights, (header) => {
      delete header['latent_tokens'];
    }),
  });
});
afterAll(() => hub.stop());

/** What is said of a checkpoint: message and hint; undefined where it can be downloaded. */
async function problemOf(text: string): Promise<string | undefined> {
  try {
    await inspectCheckpoint(parseSource(text, hub.url));
    return undefined;
  } catch (error) {
    const { message, hint } = error as { message: string; hint?: string };
    return `${message} ${hint}`;
  }
}

/** A checkpoint with a different header. */
function withHeader(file: Buffer, change: (header: Record<string, unknown>) => void): Buffer {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, start).toString());
  change(header);
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, file.subarray(start)]);
}

it('lets through what is right', async () => {
  expect(await problemOf(TINY)).toBe(undefined);
});

it.each([
  ['bad/truncated', ['model.safetensors is damaged', 'and the file at byte 400000']],
  ['bad/header', ['1152921504606846976 bytes']],
  ['bad/tensor', ['no tensor "decoder.ln_post.bias"']],
  ['bad/llama', ['llama has an architecture that this page does not support', 'It supports DetailFlow, ']],
  ['bad/json', ['config.json is not JSON']],
  ['bad/pickle', ['pytorch_model.bin begins like no file of PyTorch']],
  ['bad/cut', ['pytorch_model.bin is damaged: its directory, which stands at the end, is missing']],
  ['bad/evil', ['pytorch_model.bin asks for posix.system', 'Nothing was run.']],
  ['bad/many', ['in 2 files in bad/many', 'ckpt/128.pt and ckpt/64.pt', 'Enter the address', '/ckpt/128.pt']],
  ['bad/split', ['split into 3 files, and pytorch_model-00002-of-00003.bin is missing']],
  ['bad/nothing', ['There is no checkpoint in bad/nothing.']],
  ['bad/alone', ['There is no config.json beside model.safetensors']],
  ['bad/unknown', ['asks for a login', '(401)', 'Check the spelling']],
  ['not a name', ['neither a repository nor an address']],
  ['a/b@../x', ['is not a revision']],
  ['http://example.org/model.safetensors', ['over https only']],
])('says of %s what is wrong before anything is downloaded', async (text, words) => {
  const problem = await problemOf(text);
  for (const part of words) expect(problem).toContain(part);
});

const retry = { 'Access-Control-Expose-Headers': 'Retry-After', 'Retry-After': '90' };
const page = '<!doctype html><p>Sign in';
it.each<[string, Mood, string]>([
  ['api', { status: 403 }, `does not let everybody read repository ${TINY} (403)`],
  ['api', { status: 404 }, `has no repository ${TINY} (404)`],
  ['api', { status: 429, headers: retry }, 'Try again in 90 seconds.'],
  ['api', { status: 503 }, 'answered 503'],
  ['api', { body: page, headers: { 'Content-Type': 'text/html' } }, 'answered with a web page'],
  ['api', { body: '{"sha":"main"}' }, `did not describe ${TINY}`],
  ['config.json', { body: page }, 'answered with a web page where config.json was asked for'],
  [WEIGHTS, { body: page }, 'web page'],
])('says what the hub answers instead of %s: %j', async (path, mood, words) => {
  hub.treat(path, mood);
  try {
    expect(await problemOf(TINY)).toContain(words);
  } finally {
    hub.treat(path, undefined);
  }
});
