import { expect, it } from 'vitest';
import { createRuntime, type OrtModule } from './runtime';

function failing(message: string): OrtModule {
  const create = async () => {
    throw new Error(message);
  };
  return { InferenceSession: { create }, Tensor: class {} } as unknown as OrtModule;
}

it('says which of the two cannot be loaded: onnxruntime itself, or the model', async () => {
  const load = (message: string, unreliable?: string) =>
    createRuntime(failing(message), { threads: 1, session: {}, ...(unreliable ? { unreliable } : {}) }).load(
      new Uint8Array(),
      [],
    );
  await expect(load('no available backend found. ERR: [wasm] Aborted(NetworkError)')).rejects.toMatchObject({
    code: 'model-fetch',
    message: expect.stringContaining('onnxruntime'),
    hint: expect.stringContaining('reload'),
  });
  await expect(load('protobuf parsing failed')).rejects.toMatchObject({ code: 'model-corrupt' });
  await expect(load('no available backend found', 'WebGPU')).rejects.toMatchObject({
    code: 'backend-unavailable',
  });
});
