import { buildModel } from '../../../src/engine/families/families';
import type { ModelGraphs } from '../../../src/engine/image/model';
import { storedBytes } from '../../../src/engine/image/stored-bytes';
import { freeFiles } from '../../../src/engine/ort/runtime';
import { createWasmRuntime } from '../../../src/engine/ort/wasm';
import { type ServerScope, serve } from '../../../src/engine/rpc/server';
import { headerLength, holdsHalves, LENGTH_BYTES, readHeader } from '../../../src/engine/weights/safetensors';
import { prepare, type Round } from '../prepare';
import type { CheckpointBenchApi } from './api';
import { compareGolden } from './golden';

const FILE = 'model.safetensors';

let round: Round | undefined;

serve<CheckpointBenchApi>(
  {
    async open({ url, name, threads }) {
      const config: unknown = await (await fetch(`${url}config.json`)).json();
      const file = await (await fetch(url + FILE)).blob();
      const began = performance.now();
      const graphs = await storedGraphs(name, config, file);
      round = await prepare(graphs, createWasmRuntime(threads));
      freeFiles(graphs.data);
      return { ms: performance.now() - began };
    },
    async round() {
      if (!round) throw new Error('Open a checkpoint first.');
      return round();
    },
    async golden({ url, name, half }) {
      const config: unknown = await (await fetch(`${url}config.json`)).json();
      const [weights, expected] = [await read(url + FILE), await read(`${url}expected.safetensors`)];
      return compareGolden(
        createWasmRuntime(2),
        (bytes) => graphsOf(name, config, bytes),
        weights,
        expected,
        half,
      );
    },
  },
  globalThis as unknown as ServerScope,
);

/** As the page reads its store: tensor by tensor. */
async function storedGraphs(name: string, config: unknown, file: Blob): Promise<ModelGraphs> {
  const start = async (length: number) => new Uint8Array(await file.slice(0, length).arrayBuffer());
  const header = await start(headerLength(await start(LENGTH_BYTES), FILE));
  const tensors = readHeader(header, file.size, FILE);
  const { description, encoder, decoder } = buildModel({ name, config, tensors, path: FILE });
  const bytes = storedBytes(file, () => {});
  if (!bytes) throw new Error('This is no worker.');
  const data = [{ path: FILE, bytes, isHalf: holdsHalves(tensors) }];
  return { manifest: description, encoder, decoder, data };
}

async function read(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  const bytes = new Uint8Array(Number(response.headers.get('content-length')));
  let at = 0;
  for await (const part of response.body!) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function graphsOf(name: string, config: unknown, bytes: Uint8Array): ModelGraphs {
  const tensors = readHeader(bytes.subarray(0, headerLength(bytes, FILE)), bytes.length, FILE);
  const { description, encoder, decoder, begin } = buildModel({
    name,
    config,
    tensors,
    path: FILE,
    onProcessor: true,
  });
  const data = [{ path: FILE, bytes, isHalf: holdsHalves(tensors) }];
  return { manifest: description, encoder, decoder, begin, data };
}
