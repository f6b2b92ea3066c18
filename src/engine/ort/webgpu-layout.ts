import type { InferenceSession } from 'onnxruntime-common';
import { convolutionWeights } from '../onnx/conv-weights';

/**
 * How a graph runs on WebGPU. onnxruntime-web 1.30 computes some convolutions wrong on every device: with channels
 * last, its default, more than 3 input channels that 3 divides and 4 does not, and output channels that 4 divides, it
 * reads other input channels than it should (docs/decisions/0008-webgpu-convolutions.md). A graph that has one runs
 * with channels first, which computes all of them correctly; others keep the default, which is faster.
 */
export function webGpuOptions(graph: Uint8Array): InferenceSession.SessionOptions {
  return convolutionWeights(graph).some(isMisread)
    ? { executionProviders: [{ name: 'webgpu', preferredLayout: 'NCHW' }] }
    : { executionProviders: ['webgpu'] };
}

/** @param weights [out, in / group, ...kernel]; unknown ones might be any */
function isMisread(weights: readonly number[] | undefined): boolean {
  if (!weights) return true;
  const [output = 0, input = 0] = weights;
  return input > 3 && input % 3 === 0 && input % 4 !== 0 && output % 4 === 0;
}
