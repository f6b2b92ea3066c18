import type { AddedToken } from '../added-tokens';
import { arrived } from '../arrived-code';
import { type CompiledPipeline, unpackPipeline } from '../compiled/pipeline-format';
import { drain } from '../files/steps';
import { BpeModel } from '../models/bpe';
import { SpaceBpe } from '../models/space-bpe';
import type { PipelineTokenizer } from '../pipeline-tokenizer';
import { gunzip } from '../vocabulary';
import { assemble } from './assemble';
import { isObject, type JsonObject } from './json';
import { modelSteps } from './models';
import { expressionsIn } from './patterns';

/**
 * Reads a compiled tokenizer of any model type (format: ../compiled/pipeline-format.ts).
 * @throws TokenoscopeError `tokenizer-corrupt` where the bytes are not one
 */
export async function readCompiledPipeline(name: string, file: Uint8Array): Promise<PipelineTokenizer> {
  const { json, model: parts, emptyIds, merged } = unpackPipeline(name, await gunzip(name, file));
  const has = expressionsIn([json['normalizer'], json['pre_tokenizer'], json['decoder']]).length > 0;
  const expressions = has ? (await arrived(import('./expressions'))).expressions : undefined;
  const model = drain(modelSteps(parts));
  const form = merged && model instanceof BpeModel && model.cuts ? spaceForm(json, parts.json) : undefined;
  const regular = form && regularBpe(model as BpeModel, merged);
  if (!form || !regular) return assemble(json, model, expressions, emptyIds).tokenizer;
  const shortcut = (added: readonly AddedToken[]) => SpaceBpe.shortcut(regular, added, form.prefix);
  return assemble(json, model, expressions, emptyIds, shortcut).tokenizer;
}

function regularBpe(model: BpeModel, merged: CompiledPipeline['merged']) {
  if (!merged?.isRegular || !(merged.leftLengths instanceof Uint8Array)) return undefined;
  const { leftLengths, order, irregular } = merged;
  return { model, leftLengths, order: order.filter((id) => id >= 0), irregular };
}

/** Whether the only change to a text before the merges is that spaces become marks, with perhaps one added in front. */
function spaceForm(config: JsonObject, model: JsonObject): { prefix: boolean } | undefined {
  if (model['ignore_merges'] === true) return undefined;
  const normalizer = isObject(config['normalizer']) ? config['normalizer'] : {};
  const steps = normalizer['type'] === 'Sequence' ? normalizer['normalizers'] : [normalizer];
  const spelled = JSON.stringify(steps);
  const replace = { type: 'Replace', pattern: { String: ' ' }, content: '\u2581' };
  const prepend = { type: 'Prepend', prepend: '\u2581' };
  const prefix = spelled === JSON.stringify([prepend, replace]);
  if (!prefix && spelled !== JSON.stringify([replace])) return undefined;
  // Gemma's splits at spaces, of which none are left.
  const split = isObject(config['pre_tokenizer']) ? config['pre_tokenizer'] : undefined;
  const idle = split?.['type'] === 'Split' && JSON.stringify(split['pattern']) === '{"String":" "}';
  return split === undefined || idle ? { prefix } : undefined;
}
