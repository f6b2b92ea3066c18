import type { Graph, Value } from '../onnx/graph';
import { convolution, groupNorm, normedTwice, silu, twice } from './convolutions';
import type { Weights } from './weights';

/**
 * The convolutional decoder of MaskGIT's VQGAN as TiTok finetunes it (maskgit_vqgan.py in
 * github.com/bytedance/1d-tokenizer): [1, channels, g, g] -> [1, 3, 16 g, 16 g]. Numbers of levels, blocks and
 * channels are those of the tensors.
 * @param prefix `pixel_decoder.`
 */
export function maskgitDecoder(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = convolution(graph, weights, `${prefix}conv_in`, x);
  h = blocks(graph, weights, `${prefix}mid.`, h);
  const levels = weights.countFrom(`${prefix}up.`, '.block.0.conv1.weight');
  for (let level = levels - 1; level >= 0; level--) {
    const up = `${prefix}up.${level}.`;
    h = blocks(graph, weights, `${up}block.`, h);
    if (weights.has(`${up}upsample_conv.weight`)) {
      h = convolution(graph, weights, `${up}upsample_conv`, twice(graph, h));
    }
  }
  h = silu(graph, groupNorm(graph, weights, `${prefix}norm_out`, h));
  return convolution(graph, weights, `${prefix}conv_out`, h);
}

function blocks(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = x;
  const count = weights.countFrom(prefix, '.conv1.weight');
  for (let i = 0; i < count; i++) h = residualBlock(graph, weights, `${prefix}${i}.`, h);
  return h;
}

/** Where the number of channels changes, the shortcut starts from the block's result, as in training. */
function residualBlock(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const h = normedTwice(graph, weights, prefix, x, { biased: false });
  const shortcut = weights.has(`${prefix}nin_shortcut.weight`)
    ? convolution(graph, weights, `${prefix}nin_shortcut`, h, { biased: false })
    : x;
  return graph.binary('Add', h, shortcut);
}
