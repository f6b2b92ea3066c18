import { imageHandlers } from '../image/serve';
import { createWebGpuRuntime } from '../ort/webgpu';
import { type ServerScope, serve } from '../rpc/server';

serve(imageHandlers('webgpu', createWebGpuRuntime), globalThis as unknown as ServerScope);
