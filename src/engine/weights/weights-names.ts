/** Names of PyTorch's own files. */
export const PICKLE = /\.(bin|pt|pth|ckpt|pkl)$/i;
export const SAFETENSORS = /\.safetensors$/i;

/** Whether a file is called like one of weights. */
export function isWeights(name: string): boolean {
  return SAFETENSORS.test(name) || PICKLE.test(name);
}
