import { createWebGpuRuntime } from '../ort/webgpu';
import { type ServerScope, serve } from '../rpc/server';
import { imageHandlers } from './image.service';

serve(imageHandlers('webgpu', createWebGpuRuntime), globalThis as unknown as ServerScope);
