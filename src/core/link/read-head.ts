import * as v from 'valibot';
import { TokenoscopeError } from '../errors';
import { checkpointHash, checkpointLabel, isCheckpointId } from '../image/checkpoint-id';
import { packedLength, unpackBits } from './bits';
import { namedCheckpoints } from './checkpoint-names';
import { V1_DEFAULTS } from './defaults';
import type { Experiment, ImageExperiment, TextExperiment } from './experiment';
import type { Known, KnownModel } from './known';
import { TOKENIZERS_LIMIT, TOKENS_LIMIT } from './limits';
import type { Payload } from './payload';
import { readSampling } from './read-sampling';
import { isTokenizerFileId, plainFileName } from './tokenizer-file';

const labs = { i: 'image', t: 'text', a: 'about' } as const;
const views = { s: 'side', w: 'wipe', d: 'difference' } as const;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const positive = (limit: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limit));
const flag = v.picklist([0, 1]);
// `record` drops `__proto__`, `prototype` and `constructor`, and fields are only ever read by name.
const fields = v.record(v.string(), v.unknown());
type Fields = v.InferOutput<typeof fields>;

/**
 * Reads the newest payload version into an experiment. Whatever is unusable falls back to its default, with a
 * sentence in `problems`.
 * @throws TokenoscopeError `link-invalid` where the head is no object at all
 */
export function readHead({ head, blob }: Payload, known: Known, problems: string[]): Experiment {
  const parsed = v.safeParse(fields, head);
  if (!parsed.success || Array.isArray(head)) {
    throw new TokenoscopeError(
      'link-invalid',
      'This link unpacks, but does not describe an experiment.',
      'Ask its sender for a new link.',
    );
  }
  const read = reader(problems);
  const lab = read(parsed.output, 'l', v.picklist(['i', 't', 'a']), 'i', 'which lab to show');
  const image = read(parsed.output, 'i', fields, {}, 'its image part');
  const text = read(parsed.output, 't', fields, {}, 'its text part');
  return {
    lab: labs[lab],
    image: readImage(image, blob, known, problems),
    text: readText(text, known, problems),
  };
}

/** A field by name: absent ones are at their default, bad ones fall back to it and say so. */
function reader(problems: string[]) {
  return <T>(
    from: Fields,
    key: string,
    schema: v.GenericSchema<unknown, T>,
    otherwise: T,
    what: string,
  ): T => {
    if (!Object.hasOwn(from, key)) return otherwise;
    const parsed = v.safeParse(schema, from[key]);
    if (parsed.success) return parsed.output;
    problems.push(`The link does not say properly ${what}; the default is used.`);
    return otherwise;
  };
}

function readImage(from: Fields, blob: Uint8Array, known: Known, problems: string[]): ImageExperiment {
  const read = reader(problems);
  const fallback = known.models[0];
  const wanted = read(from, 'm', id, fallback?.id ?? '', 'which image model to use');
  const model = known.models.find((candidate) => candidate.id === wanted) ?? checkpoint(wanted);
  const hash = read(
    from,
    'h',
    v.pipe(v.string(), v.regex(/^[0-9a-f]{0,16}$/)),
    '',
    'which build of the model',
  );
  if (!model) {
    if (wanted !== '') {
      problems.push(
        `This link uses the image model "${wanted}", which is not here. Its picture was left out.`,
      );
    }
    const k = fallback?.tokens.count ?? 1;
    return { model: fallback?.id ?? wanted, modelHash: '', k, view: V1_DEFAULTS.view, source: null };
  }
  const second = readSecond(from, known, problems);
  const source = readTokens(from, blob, model, problems) ?? readSample(from, known, problems);
  const most = source?.kind === 'tokens' ? source.ids.length : model.tokens.count;
  if (source?.kind === 'tokens' && hash !== '' && hash !== model.hash) {
    problems.push(
      `The model "${model.id}" has changed since this link was made: its picture may look different.`,
    );
  }
  const k = read(from, 'k', v.pipe(v.number(), v.integer()), most, 'how many tokens to show');
  const view = views[read(from, 'v', v.picklist(['s', 'w', 'd']), 's', 'how to show the picture')];
  const beside = second === null || second === model.id ? undefined : second;
  return {
    model: model.id,
    modelHash: hash || model.hash,
    ...(beside === undefined ? {} : { second: beside }),
    ...readCheckpointNames(from, model.id, beside, problems),
    k: Math.min(Math.max(k, 1), most),
    view,
    ...readSampling((...field) => read(from, ...field), [model.id, beside], known),
    source,
  };
}

/** A checkpoint is for the page to find or to offer: whatever fits into a link may be its tokens. */
function checkpoint(id: string): KnownModel | undefined {
  if (!isCheckpointId(id)) return undefined;
  return { id, hash: checkpointHash(id), tokens: { count: TOKENS_LIMIT, codebookSize: 2 ** 24 } };
}

function readCheckpointNames(
  from: Fields,
  model: string,
  second: string | undefined,
  problems: string[],
): Pick<ImageExperiment, 'checkpointNames'> {
  const named = namedCheckpoints(model, second);
  if (named.length === 0) return {};
  const listed = v.pipe(v.array(v.string()), v.maxLength(2));
  const names = reader(problems)(from, 'f', listed, [], 'what its checkpoints are called');
  return {
    checkpointNames: Object.fromEntries(
      named.map((name, i) => [name, plainFileName(names[i] || checkpointLabel(name))]),
    ),
  };
}

function readSecond(from: Fields, known: Known, problems: string[]): string | null {
  const second = reader(problems)(from, 'c', v.nullable(id), null, 'which model to compare with');
  if (second === null || isCheckpointId(second) || known.models.some(({ id: model }) => model === second)) {
    return second;
  }
  problems.push(`This link compares with the image model "${second}", which is not here.`);
  return null;
}

function readSample(from: Fields, known: Known, problems: string[]): ImageExperiment['source'] {
  const sample = reader(problems)(from, 's', v.nullable(id), null, 'which sample to show');
  if (sample === null) return null;
  if (known.samples.includes(sample)) return { kind: 'sample', id: sample };
  problems.push(`This link shows the sample picture "${sample}", which is not here.`);
  return null;
}

function readTokens(
  from: Fields,
  blob: Uint8Array,
  model: KnownModel,
  problems: string[],
): ImageExperiment['source'] {
  const stated = Object.hasOwn(from, 'n') || Object.hasOwn(from, 'b');
  if (!stated && blob.length === 0) return null;
  const drop = (reason: string) => {
    problems.push(`The link's picture was left out: ${reason}.`);
    return null;
  };
  const { bits: usual } = V1_DEFAULTS;
  const size = v.safeParse(
    v.object({ n: positive(TOKENS_LIMIT), b: positive(24) }),
    stated ? from : { n: (blob.length * 8) / usual, b: usual },
  );
  if (!size.success) return drop('its number of tokens is not a sensible one');
  const { n: count, b: bits } = size.output;
  if (count > model.tokens.count) {
    return drop(`it has ${count} tokens, and "${model.id}" takes ${model.tokens.count}`);
  }
  if (blob.length !== packedLength(count, bits)) return drop('its tokens are incomplete');
  const ids = unpackBits(blob, count, bits);
  const worst = ids.reduce((most, token) => Math.max(most, token), 0);
  if (worst >= model.tokens.codebookSize) {
    return drop(
      `token id ${worst} is not in the codebook of "${model.id}" (${model.tokens.codebookSize} entries)`,
    );
  }
  return { kind: 'tokens', ids, bits };
}

function readText(from: Fields, known: Known, problems: string[]): TextExperiment {
  const read = reader(problems);
  const listed = v.pipe(v.array(id), v.maxLength(TOKENIZERS_LIMIT));
  const wanted = read(from, 'z', v.nullable(listed), null, 'which tokenizers to compare');
  const unique = [...new Set(wanted ?? V1_DEFAULTS.tokenizers)];
  // A file is for the page to find: whoever opens the link may hold it, or can be asked for it.
  const tokenizers = unique.filter((name) => known.tokenizers.includes(name) || isTokenizerFileId(name));
  for (const name of unique) {
    if (!tokenizers.includes(name))
      problems.push(`This link uses the tokenizer "${name}", which is not here.`);
  }
  const omitted = read(
    from,
    'o',
    v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    null,
    'how long its text was',
  );
  const value = read(from, 'x', v.string(), '', 'its text');
  const files = tokenizers.filter(isTokenizerFileId);
  const names = read(
    from,
    'f',
    v.pipe(v.array(v.string()), v.maxLength(TOKENIZERS_LIMIT)),
    [],
    'what its tokenizer files are called',
  );
  return {
    tokenizers:
      tokenizers.length > 0 || wanted?.length === 0
        ? tokenizers
        : V1_DEFAULTS.tokenizers.filter((name) => known.tokenizers.includes(name)),
    ...(files.length === 0
      ? {}
      : { fileNames: Object.fromEntries(files.map((file, i) => [file, plainFileName(names[i] ?? '')])) }),
    text: omitted !== null && value === '' ? { kind: 'omitted', bytes: omitted } : { kind: 'inline', value },
    showIds: read(from, 'd', flag, 0, 'whether to show token ids') === 1,
    showWhitespace: read(from, 'w', flag, 0, 'whether to show whitespace') === 1,
  };
}
