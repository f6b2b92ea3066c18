import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import type { Checkpoint } from './checkpoint';

/** Where a config of the usual libraries says what it is of: transformers, diffusers, timm. */
const stated = v.object({
  architectures: v.optional(v.nullable(v.array(v.string()))),
  _class_name: v.optional(v.string()),
  architecture: v.optional(v.string()),
  model_type: v.optional(v.string()),
});

/** Tables that only a network which reads or predicts tokens has: language models, and generators of pictures by tokens. */
const TOKENS = /(?:^|\.)(?:embed_tokens|tok_embeddings|word_embeddings|wte|lm_head)\.weight$/;

/** How many characters of a name are shown: it comes out of the file. */
const SHOWN = 60;

/**
 * What to say of weights that no family knows.
 * @param supported the families' names, as a list in words
 * @param path of the weights, or the checkpoint's name
 */
export function unknownModel(
  { tensors, config }: Pick<Checkpoint, 'tensors'> & { readonly config?: unknown },
  path: string,
  supported: string,
): TokenoscopeError {
  const table = [...tensors.keys()].find((name) => TOKENS.test(name));
  if (table) {
    return new TokenoscopeError(
      'checkpoint-refused',
      `${path} holds a model that works on tokens ("${shorten(table)}"), not one that makes tokens of pictures.`,
      `This page runs ${supported}. Of a text model, the tokenizer opens in the text lab: drop its tokenizer.json there.`,
    );
  }
  const parsed = v.safeParse(stated, config);
  const { architectures, _class_name, architecture, model_type } = parsed.success ? parsed.output : {};
  const what = architectures?.[0] ?? _class_name ?? architecture ?? model_type;
  return new TokenoscopeError(
    'model-corrupt',
    `${path} has an architecture that this page does not support${what ? `: ${shorten(what)}` : ''}.`,
    `It supports ${supported}, as published: config.json and model.safetensors or a file of PyTorch.`,
  );
}

/** Whether weights are of a model that works on tokens. */
export function worksOnTokens(tensors: Checkpoint['tensors']): boolean {
  return [...tensors.keys()].some((name) => TOKENS.test(name));
}

function shorten(name: string): string {
  return name.length > SHOWN ? `${name.slice(0, SHOWN - 1)}…` : name;
}
