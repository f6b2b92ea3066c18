import * as v from 'valibot';
import { samples } from '../../catalog/pictures';
import { checkpointHash, checkpointLabel, isCheckpointId } from '../../core/image/checkpoint-id';
import { packBits, packedLength, unpackBits } from '../../core/link/bits';
import { TOKENS_LIMIT } from '../../core/link/limits';
import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { fieldReader, idField as id } from '../../core/link/read-fields';
import { plainFileName } from '../../core/link/tokenizer-file';
import { bundledModels } from '../../engine/image/models';
import type { LinkFormat } from '../lab';
import { namedCheckpoints } from './checkpoint-names';
import type { ImageExperiment } from './experiment';
import type { Known, KnownModel } from './known';
import { readSampling } from './read-sampling';

const KNOWN: Known = { models: bundledModels, samples: samples.map((sample) => sample.id) };

/** What an absent field means. Part of the format: these never change, whatever the lab's own defaults become. */
const ABSENT = { bits: 16, view: 'side' } as const;

const views = { s: 'side', w: 'wipe', d: 'difference' } as const;
const positive = (limit: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limit));

type Fields = VersionedPart['head'];

/**
 * Reads the image lab's part of a link. Whatever is unusable falls back to its default, with a sentence in `problems`.
 * @param known what this build can open
 */
export function readImagePart(
  { head: from, blob }: VersionedPart,
  problems: string[],
  known: Known = KNOWN,
): ImageExperiment {
  const read = fieldReader(from, problems);
  const fallback = known.models[0];
  const wanted = read('m', id, fallback?.id ?? '', 'which image model to use');
  const model = known.models.find((candidate) => candidate.id === wanted) ?? checkpoint(wanted);
  const hash = read('h', v.pipe(v.string(), v.regex(/^[0-9a-f]{0,16}$/)), '', 'which build of the model');
  if (!model) {
    if (wanted !== '') {
      problems.push(
        `This link uses the image model "${wanted}", which is not here. Its picture was left out.`,
      );
    }
    const k = fallback?.tokens.count ?? 1;
    return { model: fallback?.id ?? wanted, modelHash: '', k, view: ABSENT.view, source: null };
  }
  const second = readSecond(from, known, problems);
  const source = readTokens(from, blob, model, problems) ?? readSample(from, known, problems);
  const most = source?.kind === 'tokens' ? source.ids.length : model.tokens.count;
  if (source?.kind === 'tokens' && hash !== '' && hash !== model.hash) {
    problems.push(
      `The model "${model.id}" has changed since this link was made: its picture may look different.`,
    );
  }
  const k = read('k', v.pipe(v.number(), v.integer()), most, 'how many tokens to show');
  const view = views[read('v', v.picklist(['s', 'w', 'd']), 's', 'how to show the picture')];
  const beside = second === null || second === model.id ? undefined : second;
  return {
    model: model.id,
    modelHash: hash || model.hash,
    ...(beside === undefined ? {} : { second: beside }),
    ...readCheckpointNames(from, model.id, beside, problems),
    k: Math.min(Math.max(k, 1), most),
    view,
    ...readSampling(read, [model.id, beside], known.models),
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
  const names = fieldReader(from, problems)('f', listed, [], 'what its checkpoints are called');
  return {
    checkpointNames: Object.fromEntries(
      named.map((name, i) => [name, plainFileName(names[i] ?? '', checkpointLabel(name))]),
    ),
  };
}

function readSecond(from: Fields, known: Known, problems: string[]): string | null {
  const second = fieldReader(from, problems)('c', v.nullable(id), null, 'which model to compare with');
  if (second === null || isCheckpointId(second) || known.models.some(({ id: model }) => model === second)) {
    return second;
  }
  problems.push(`This link compares with the image model "${second}", which is not here.`);
  return null;
}

function readSample(from: Fields, known: Known, problems: string[]): ImageExperiment['source'] {
  const sample = fieldReader(from, problems)('s', v.nullable(id), null, 'which sample to show');
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
  const { bits: usual } = ABSENT;
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

/** The inverse of `readImagePart`, in the newest version: short keys, and nothing that is at its default. */
function writeImagePart(image: ImageExperiment): LinkPart {
  const { model, modelHash, second, checkpointNames = {}, k, view, steps, seed = 0, source } = image;
  const tokens = source?.kind === 'tokens' ? source : undefined;
  const names = namedCheckpoints(model, second).map((id) =>
    plainFileName(checkpointNames[id] ?? '', checkpointLabel(id)),
  );
  const head = {
    m: model,
    // A checkpoint's id says it all.
    ...(isCheckpointId(model) ? {} : { h: modelHash }),
    ...(names.length === 0 ? {} : { f: names }),
    ...(second === undefined ? {} : { c: second }),
    ...(tokens?.ids.length === k ? {} : { k }),
    ...(view === ABSENT.view ? {} : { v: view[0] }),
    ...(steps === undefined ? {} : { e: steps === 'distilled' ? 'd' : steps }),
    ...(seed === 0 ? {} : { r: seed }),
    ...(source?.kind === 'sample' ? { s: source.id } : {}),
    // At 16 bits the blob itself tells how many there are.
    ...(tokens && tokens.bits !== ABSENT.bits ? { n: tokens.ids.length, b: tokens.bits } : {}),
  };
  return { head, blob: tokens ? packBits(tokens.ids, tokens.bits) : new Uint8Array(0) };
}

export const linkFormat: LinkFormat<ImageExperiment> = { read: readImagePart, write: writeImagePart };
