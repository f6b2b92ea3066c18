import { buildModel } from '../../../src/engine/image/checkpoint/families';
import { headerLength, readHeader } from '../../../src/engine/image/checkpoint/safetensors';
import { createWasmRuntime } from '../../../src/engine/ort/wasm';
import { type ServerScope, serve } from '../../../src/engine/rpc/server';
import { prepare, type Round } from '../prepare';
import type { CheckpointBenchApi } from './api';

const FILE = 'model.safetensors';

let round: Round | undefined;

serve<CheckpointBenchApi>(
  {
    async open({ url, name, threads }) {
      const config: unknown = await (await fetch(`${url}config.json`)).json();
      const bytes = new Uint8Array(await (await fetch(url + FILE)).arrayBuffer());
      const began = performance.now();
      const tensors = readHeader(bytes.subarray(0, headerLength(bytes, FILE)), bytes.length, FILE);
      const { description, encoder, decoder } = buildModel({ name, config, tensors, path: FILE });
      const graphs = { manifest: description, encoder, decoder, data: [{ path: FILE, bytes }] };
      round = await prepare(graphs, createWasmRuntime(threads));
      return { ms: performance.now() - began };
    },
    async round() {
      if (!round) throw new Error('Open a checkpoint first.');
      return round();
    },
  },
  globalThis as unknown as ServerScope,
);
