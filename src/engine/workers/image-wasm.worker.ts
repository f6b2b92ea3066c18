import { imageHandlers } from '../image/serve';
import { createWasmRuntime } from '../ort/wasm';
import { type ServerScope, serve } from '../rpc/server';

serve(
  imageHandlers('wasm', async () => createWasmRuntime()),
  globalThis as unknown as ServerScope,
);
