import { chain, type PostProcessor, surround, trimOffsets } from '../post-processors';
import {
  arrayAt,
  booleanAt,
  corrupt,
  idFrom,
  isObject,
  type JsonObject,
  objectAt,
  sequence,
  stringAt,
  unsupported,
} from './json';

/**
 * The post-processor that a tokenizer.json describes, for single texts.
 * @param tokenOf a token's string as the model's vocabulary spells it
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function postProcessorFrom(
  json: JsonObject,
  place: string,
  tokenOf: (id: number) => string,
): PostProcessor {
  const type = stringAt(json, 'type', place);
  switch (type) {
    case 'ByteLevel':
      return booleanAt(json, 'trim_offsets', place, true)
        ? trimOffsets(tokenOf, booleanAt(json, 'add_prefix_space', place, true))
        : surround([], []);
    case 'BertProcessing':
      return surround([idOfPair(json, 'cls', place)], [idOfPair(json, 'sep', place)]);
    case 'RobertaProcessing': {
      const around = surround([idOfPair(json, 'cls', place)], [idOfPair(json, 'sep', place)]);
      if (!booleanAt(json, 'trim_offsets', place, true)) return around;
      return chain([trimOffsets(tokenOf, booleanAt(json, 'add_prefix_space', place, true)), around]);
    }
    case 'TemplateProcessing':
      return templateFrom(json, place);
    case 'Sequence':
      return chain(
        sequence(json, 'processors', place).map(([step, at]) => postProcessorFrom(step, at, tokenOf)),
      );
    default:
      throw unsupported(place, `the post-processor ${type}`);
  }
}

function idOfPair(json: JsonObject, key: string, place: string): number {
  return idFrom(arrayAt(json, key, place)[1], `${place}.${key}[1]`);
}

function templateFrom(json: JsonObject, place: string): PostProcessor {
  const specials = objectAt(json, 'special_tokens', place);
  const before: number[] = [];
  const after: number[] = [];
  let side = before;
  for (const [piece, at] of sequence(json, 'single', place)) {
    const special = piece['SpecialToken'];
    if (isObject(special)) {
      const name = stringAt(special, 'id', at);
      const ids = arrayAt(
        objectAt(specials, name, `${place}.special_tokens`),
        'ids',
        `${place}.special_tokens`,
      );
      side.push(...ids.map((id) => idFrom(id, `${place}.special_tokens`)));
    } else if (isObject(piece['Sequence'])) {
      if (side === after) throw unsupported(at, 'a template that repeats the text');
      side = after;
    } else throw corrupt(at, 'is neither a special token nor the text');
  }
  if (side === before) throw unsupported(`${place}.single`, 'a template without the text');
  return surround(before, after);
}
