import type { Graph, Value } from '../onnx/graph';
import { convolution, groupNorm, normedTwice, silu, twice } from './convolutions';
import type { Weights } from './weights';

/**
 * The convolutional decoder of MaskGIT's VQGAN as TiTok finetunes it (maskgit_vqgan.py in
 * github.com/bytedance/1d-tokenizer): [1, channels, g, g] -> [1, 3, 16 g, 16 g]. Numbers of levels, blocks and
 * channels are those of the tensors. The code of MAGE (github.com/LTH14/mage) calls some of them otherwise.
 * @param prefix `pixel_decoder.`
 */
export function maskgitDecoder(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  let h = convolution(graph, weights, `${prefix}conv_in`, x);
  h = middle(graph, weights, prefix, h);
  const levels = weights.countFrom(`${prefix}up.`, '.block.0.conv1.weight');
  for (let level = levels - 1; level >= 0; level--) {
    const up = `${prefix}up.${level}.`;
    h = blocks(graph, weights, `${up}block.`, h);
    const name = [`${up}upsample_conv`, `${up}upsample.conv`].find((one) => weights.has(`${one}.weight`));
    if (name !== undefined) h = convolution(graph, weights, name, twice(graph, h));
  }
  h = silu(graph, groupNorm(graph, weights, `${prefix}norm_out`, h));
  return convolution(graph, weights, `${prefix}conv_out`, h);
}

/**
 * The encoder of the same VQGAN up to its quantiser, as MAGE has it: [1, 3, 16 g, 16 g] -> [1, channels, g, g]. Every level
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

/** `mid.0`, `mid.1` or `mid.block_1`, `mid.block_2`. */
function middle(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const named = weights.has(`${prefix}mid.block_1.conv1.weight`);
  return named
    ? blocks(graph, weights, `${prefix}mid.block_`, x, 1)
    : blocks(graph, weights, `${prefix}mid.`, x);
}

function blocks(graph: Graph, weights: Weights, prefix: string, x: Value, first = 0): Value {
  let h = x;
  for (let i = first; weights.has(`${prefix}${i}.conv1.weight`); i++) {
    h = residualBlock(graph, weights, `${prefix}${i}.`, h);
  }
  return h;
}

function halved(graph: Graph, x: Value): Value {
  const [, channels = 0, height = 0, width = 0] = x.dims;
  const window = { kernel_shape: [2, 2], strides: [2, 2] };
  return graph.op('AveragePool', [x], [1, channels, height / 2, width / 2], window);
}

/** Where the number of channels changes, the shortcut starts from the block's result, as in training. */
function residualBlock(graph: Graph, weights: Weights, prefix: string, x: Value): Value {
  const h = normedTwice(graph, weights, prefix, x, { biased: false });
  const shortcut = weights.has(`${prefix}nin_shortcut.weight`)
    ? convolution(graph, weights, `${prefix}nin_shortcut`, h, { biased: false })
    : x;
  return graph.binary('Add', h, shortcut);
}
