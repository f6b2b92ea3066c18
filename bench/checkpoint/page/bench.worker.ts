import { buildModel } from '../../../src/engine/families/families';
import type { ModelGraphs } from '../../../src/engine/image/model';
import { freeFiles } from '../../../src/engine/ort/runtime';
import { createWasmRuntime } from '../../../src/engine/ort/wasm';
import { type ServerScope, serve } from '../../../src/engine/rpc/server';
import { headerLength, holdsHalves, readHeader } from '../../../src/engine/weights/safetensors';
import { prepare, type Round } from '../prepare';
import type { CheckpointBenchApi } from './api';
import { compareGolden } from './golden';

const FILE = 'model.safetensors';

let round: Round | undefined;

serve<CheckpointBenchApi>(
  {
    async open({ url, name, threads }) {
      const config: unknown = await (await fetch(`${url}config.json`)).json();
      const bytes = await read(url + FILE);
      const began = performance.now();
      const graphs = graphsOf(name, config, bytes);
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

/** As the page reads its store: straight into one array. */
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
