import { createWasmRuntime } from '../ort/wasm';
import { type ServerScope, serve } from '../rpc/server';
import { measureHandlers } from './measure.service';

// One thread: the others are the models'.
serve(
  measureHandlers(() => createWasmRuntime(1)),
  globalThis as unknown as ServerScope,
);
