import type { Graph, Value } from '../onnx/graph';
import { convolution, groupNorm, silu } from './convolutions';
import { blocks, middle } from './maskgit-decoder';
import type { Weights } from './weights';

/**
 * The encoder of MaskGIT's VQGAN up to its quantiser, as MAGE has it (github.com/LTH14/mage): [1, 3, 16 g, 16 g] -> [1, channels, g, g]. Every level
 * but the last halves the picture by means of four.
 * @param prefix such as `base_tokenizer.vqgan.encoder.`
 */
export function maskgitEncoder(graph: Graph, weights: Weights, prefix: string, image: Value): Value {
  let h = convolution(graph, weights, `${prefix}conv_in`, image, { biased: false });
  const levels = weights.countFrom(`${prefix}down.`, '.block.0.conv1.weight');
  for (let level = 0; level < levels; level++) {
    h = blocks(graph, weights, `${prefix}down.${level}.block.`, h);
    if (level < levels - 1) h = halved(graph, h);
  }
  h = middle(graph, weights, prefix, h);
  h = silu(graph, groupNorm(graph, weights, `${prefix}norm_out`, h));
  return convolution(graph, weights, `${prefix}conv_out`, h);
}

function halved(graph: Graph, x: Value): Value {
  const [, channels = 0, height = 0, width = 0] = x.dims;
  const window = { kernel_shape: [2, 2], strides: [2, 2] };
  return graph.op('AveragePool', [x], [1, channels, height / 2, width / 2], window);
}
