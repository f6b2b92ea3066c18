import { createWasmRuntime } from '../ort/wasm';
import { type ServerScope, serve } from '../rpc/server';
import { imageHandlers } from './image.service';

serve(
  imageHandlers('wasm', async () => createWasmRuntime()),
  globalThis as unknown as ServerScope,
);
