import { encodeModel, type ValueProto } from '../onnx/proto';
import type { Runtime } from './runtime';

const value = (name: string): ValueProto => ({ name, type: 'float32', dims: [1] });

/**
 * Fetches and compiles a runtime's WASM while a model is still on its way: onnxruntime does both only for a session, so
 * this opens one of a graph that copies a number, and keeps it: releasing the only session would give up the graphics
 * device. A failure is left to the first real session, which meets it again.
 */
export async function warmUp(runtime: Runtime): Promise<void> {
  const copy = { type: 'Identity', inputs: ['x'], outputs: ['y'], attributes: {} };
  const graph = {
    name: 'copy',
    nodes: [copy],
    initializers: [],
    inputs: [value('x')],
    outputs: [value('y')],
  };
  try {
    await runtime.load(encodeModel(graph, 17), []);
  } catch {
    // see above
  }
}
