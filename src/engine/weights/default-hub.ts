/** Where checkpoints of the field are published. */
export const DEFAULT_HUB = 'https://huggingface.co';
