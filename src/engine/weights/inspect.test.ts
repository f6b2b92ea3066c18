import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TokenoscopeError } from '../../core/errors';
import { inspectCheckpoint } from './inspect';
import { headerLength, readHeader } from './safetensors';
import { safetensorsOf } from './testing/convert-whole';
import { torchArchiveOf, torchStreamOf } from './testing/torch-writer';

const TINY = join(import.meta.dirname, '../families/fixtures/titok-tiny-vq-rgb');
const TOY = join(import.meta.dirname, '../image/fixtures/toy-16');

const files = (folder: string, ...names: string[]) =>
  names.map((name) => ({ name, content: new Blob([readFileSync(join(folder, name))]) }));

/** Each tensor's type, shape and bytes. */
function tensorsOf(bytes: Uint8Array): Record<string, unknown> {
  const tensors = readHeader(bytes.subarray(0, headerLength(bytes, 'x')), bytes.length, 'x');
  return Object.fromEntries(
    [...tensors].map(([name, { type, dims, offset, length }]) => [
      name,
      { type, dims, hash: Buffer.from(bytes.subarray(offset, offset + length)).toString('base64') },
    ]),
  );
}

it('tells what a checkpoint is out of its config and header', async () => {
  const plan = await inspectCheckpoint({
    kind: 'files',
    files: files(TINY, 'config.json', 'model.safetensors'),
  });
  expect(plan).toMatchObject({
    name: 'titok 64, 32 tokens',
    format: 'safetensors',
    family: 'titok',
    tokens: { count: 32, bits: 8, codebookSize: 256, ordered: false },
    bytes: 1_258_696,
    id: null,
  });
  expect(plan.multiplications?.decode).toBeGreaterThan(1e6);
});

it('reads a header that is longer than the first look', async () => {
  const [config, weights] = files(TINY, 'config.json', 'model.safetensors');
  const bytes = new Uint8Array(await weights!.content.arrayBuffer());
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  const json = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { note: 'x'.repeat(300_000) }, ...header }),
  );
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  const content = new Blob([length, json, bytes.subarray(start)]);
  const plan = await inspectCheckpoint({
    kind: 'files',
    files: [config!, { name: 'tt.safetensors', content }],
  });
  expect(plan).toMatchObject({ name: 'tt', bytes: content.size });
  expect(plan.files.map(({ path }) => path)).toEqual(['model.safetensors']);
});

it('takes graphs made elsewhere by their manifest, whose hash names them', async () => {
  const names = ['manifest.json', 'encoder.onnx', 'decoder.onnx', 'weights.bin', 'golden.json'];
  const plan = await inspectCheckpoint({ kind: 'files', files: files(TOY, ...names) });
  expect(plan).toMatchObject({ name: 'Toy 16', format: 'onnx', tokens: { count: 8 } });
  expect(plan.id).toMatch(/^file:[0-9a-f]{64}$/);
  expect(plan.files.map(({ path, sha256 }) => [path, sha256?.length])).toEqual(
    names.slice(1).map((name) => [name, 64]),
  );
});

it('refuses a config alone', async () => {
  await expect(inspectCheckpoint({ kind: 'files', files: files(TINY, 'config.json') })).rejects.toThrow(
    'There are no weights in the file config.json.',
  );
});

it('takes weights without a config where their shapes tell what they are, and refuses others', async () => {
  const plan = await inspectCheckpoint({ kind: 'files', files: files(TINY, 'model.safetensors') });
  expect(plan).toMatchObject({ family: 'titok', tokens: { count: 32, bits: 8, codebookSize: 256 } });
  expect(JSON.parse(plan.config)).toMatchObject({ dataset: { preprocessing: { crop_size: 64 } } });
  const other = files(join(TINY, '../detailflow-tiny'), 'model.safetensors');
  await expect(inspectCheckpoint({ kind: 'files', files: other })).rejects.toThrow(
    /no config.json beside model.safetensors, and its tensors alone do not tell/,
  );
});

it('refuses a manifest whose graphs are not there, or of another length', async () => {
  const [manifest, encoder, ...rest] = files(
    TOY,
    'manifest.json',
    'encoder.onnx',
    'decoder.onnx',
    'weights.bin',
    'golden.json',
  );
  await expect(inspectCheckpoint({ kind: 'files', files: [manifest!, ...rest] })).rejects.toThrow(
    /manifest.json names encoder.onnx/,
  );
  const short = { name: 'encoder.onnx', content: encoder!.content.slice(1) };
  await expect(inspectCheckpoint({ kind: 'files', files: [manifest!, short, ...rest] })).rejects.toThrow(
    /encoder.onnx has \d+ bytes; manifest.json says/,
  );
});

it('takes a file of PyTorch with its config as the safetensors that it could be', async () => {
  const [config, weights] = files(TINY, 'config.json', 'model.safetensors');
  const bytes = new Uint8Array(await weights!.content.arrayBuffer());
  const content = new Blob([torchStreamOf(bytes)]);
  for (const [name, title] of [
    ['tiny.pt', 'tiny'],
    ['pytorch_model.bin', 'titok 64, 32 tokens'],
    ['misnamed.safetensors', 'misnamed'],
  ] as const) {
    const plan = await inspectCheckpoint({ kind: 'files', files: [config!, { name, content }] });
    expect(plan).toMatchObject({ family: 'titok', name: title, tokens: { count: 32 } });
    expect(plan.bytes).toBeLessThan(content.size);
    const made = await safetensorsOf([{ name, content }], { pieceBytes: 100_000 });
    expect(made).toHaveLength(plan.bytes);
    const [before, after] = [bytes, made].map((each) => tensorsOf(each));
    expect(after).toEqual(before);
  }
});

it('refuses what is called a file of PyTorch and is none, and one that would run something', async () => {
  const [config] = files(TINY, 'config.json');
  const asked = (bytes: Uint8Array<ArrayBuffer>) =>
    inspectCheckpoint({ kind: 'files', files: [config!, { name: 'a.pt', content: new Blob([bytes]) }] });
  await expect(asked(Uint8Array.of(1, 2, 3, 4))).rejects.toMatchObject({ code: 'checkpoint-refused' });
  const evil = new TextEncoder().encode('cposix\nsystem\nX\x02\0\0\0ls\x85R.');
  await expect(asked(Uint8Array.from([0x80, 2, ...evil]))).rejects.toThrow(
    'a.pt asks for posix.system, which would use the operating system',
  );
});

it('refuses a model that works on tokens, with its config and without, and says where its tokenizer goes', async () => {
  const header = new TextEncoder().encode(
    JSON.stringify({ 'transformer.wte.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } }),
  );
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  const content = new Blob([length, header, new Uint8Array(16)]);
  const weights = { name: 'model.safetensors', content };
  const config = { name: 'config.json', content: new Blob(['{"model_type":"gpt2"}']) };
  for (const files of [[weights], [weights, config]]) {
    await expect(inspectCheckpoint({ kind: 'files', files })).rejects.toMatchObject({
      code: 'checkpoint-refused',
      message: expect.stringContaining('holds a model that works on tokens ("transformer.wte.weight")'),
      hint: expect.stringContaining('drop its tokenizer.json there'),
    });
  }
});

it('refuses weights in several files, and several weights', async () => {
  const blob = { content: new Blob(['x']) };
  const parts = ['config.json', 'model-1-of-2.safetensors', 'model-2-of-2.safetensors'].map((name) => ({
    name,
    ...blob,
  }));
  await expect(inspectCheckpoint({ kind: 'files', files: parts })).rejects.toMatchObject({
    message:
      'There are weights in 2 files, and none is called model.safetensors: model-1-of-2.safetensors and model-2-of-2.safetensors.',
    hint: 'Give one file of weights with its config.json.',
  });
  const one = { name: 'model-00001-of-00002.safetensors', ...blob };
  await expect(inspectCheckpoint({ kind: 'files', files: [one] })).rejects.toThrow(
    'The weights are split into 2 files, and model-00002-of-00002.safetensors is missing.',
  );
});

it('says which weights it took where there are several, and takes another that is asked for', async () => {
  const weights = readFileSync(join(TINY, 'model.safetensors'));
  const given = [
    { name: 'config.json', content: new Blob([readFileSync(join(TINY, 'config.json'))]) },
    { name: 'pytorch_model.bin', content: new Blob([torchArchiveOf(weights)]) },
    { name: 'model.safetensors', content: new Blob([weights]) },
    { name: 'optimizer.pt', content: new Blob(['x']) },
    { name: 'ema-00001-of-00002.safetensors', content: new Blob(['x']) },
    { name: 'ema-00002-of-00002.safetensors', content: new Blob(['x']) },
  ];
  const plan = await inspectCheckpoint({ kind: 'files', files: given });
  expect(plan.choice).toEqual({
    taken: 'model.safetensors',
    others: ['pytorch_model.bin', 'ema-00001-of-00002.safetensors'],
  });
  const other = await inspectCheckpoint({ kind: 'files', files: given, path: 'pytorch_model.bin' });
  expect(other.choice?.taken).toBe('pytorch_model.bin');
  expect(other.key).not.toBe(plan.key);
  expect(other.files[0]?.layout?.name).toBe('pytorch_model.bin');
  const alone = await inspectCheckpoint({ kind: 'files', files: given.slice(0, 2) });
  expect(alone.choice).toBeUndefined();
});

it('another file at the same address is kept apart', async () => {
  const config = readFileSync(join(TINY, 'config.json'));
  let weights = readFileSync(join(TINY, 'model.safetensors'));
  const server = createServer((request, response) => {
    const body = request.url === '/config.json' ? config : weights;
    response.writeHead(request.url === '/manifest.json' ? 404 : 200, { 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const folder = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const look = async () => inspectCheckpoint({ kind: 'url', folder, weights: null });
  const [first, again] = [await look(), await look()];
  expect(again.key).toBe(first.key);
  weights = Buffer.from(weights);
  weights[100_000]! ^= 1;
  expect((await look()).key).not.toBe(first.key);
  server.closeAllConnections();
  server.close();
});

it.each([
  [
    'a pointer of Git LFS',
    'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 167890123\n',
    /^m\.safetensors is only a pointer of Git LFS to the weights of 167\.9 MB/,
  ],
  [
    'a zip',
    'PK\x03\x04archive/data.pkl',
    /^m\.safetensors is damaged: its directory, which stands at the end, is missing/,
  ],
  ['a pickle', '\x80\x02}q', /^m\.safetensors is damaged: its pickle is cut/],
  ['a GGUF file', 'GGUF\x03', /is a GGUF file, not a safetensors file, whatever its name says\.$/],
  ['a gzip archive', '\x1f\x8b\x08', /is a gzip archive/],
  ['a JSON text', '{"a": 1}', /is a JSON text/],
  ['a web page', '<!DOCTYPE html><p>', /is a web page/],
  ['nothing', '', /^m\.safetensors is empty\.$/],
  ['four bytes', '\x01\x02\x03\x04', /it ends after 4 bytes/],
])('says of %s that is called .safetensors what it is', async (_, content, words) => {
  const [config] = files(TINY, 'config.json');
  const named = {
    name: 'm.safetensors',
    content: new Blob([Uint8Array.from(content, (c) => c.charCodeAt(0))]),
  };
  const error = await inspectCheckpoint({ kind: 'files', files: [config!, named] }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ message: expect.stringMatching(words) });
  expect((error as TokenoscopeError).hint).not.toBe('');
});

it('refuses the files of two checkpoints at once', async () => {
  const twice = [...files(TINY, 'config.json', 'model.safetensors'), ...files(TINY, 'model.safetensors')];
  await expect(inspectCheckpoint({ kind: 'files', files: twice })).rejects.toMatchObject({
    message: 'model.safetensors is there twice: these are files of two checkpoints.',
  });
});
