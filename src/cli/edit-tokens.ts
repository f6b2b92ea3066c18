import type { Codebook } from '../core/image/codebook';
import { checkPrefix } from '../core/image/ids';
import { LARGEST_SEED } from '../core/image/noise';
import {
  interpolate,
  mix,
  perturb,
  randomTail,
  shuffleTail,
  splice,
  withId,
} from '../core/image/token-edits';
import { impliedCodebook } from '../engine/image/implied-codebook';
import { drain } from '../tokenizers/files/steps';
import { badArguments, defineCommand, flag, optional, repeated, wholeNumber, withDefault } from './command';
import { parseIds } from './ids';
import { findModel, modelOption } from './model-argument';

/** Near codes that a perturbed token may become, as in the page. */
const NEAR = 4;

const NO_EDIT =
  'Say what to do: --set, --shuffle-tail, --random-tail, --splice with --keep, or --mix, --interpolate or --perturb with --share.';

const share = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1) || text.trim() === '') {
    throw badArguments(`--share takes a number from 0 to 1, not "${text}".`);
  }
  return value;
};

const count = (text: string, name: string): number => {
  const value = wholeNumber(text, 0);
  if (value === undefined) throw badArguments(`${name} takes a whole number from 0 up, not "${text}".`);
  return value;
};

/** A picture's tokens, edited as the page can, as one JSON line. */
export const command = defineCommand({
  name: 'edit-tokens',
  summary: "A picture's ids on standard input -> the same ids, edited, as one JSON line.",
  options: {
    model: modelOption,
    set: repeated('PLACE=ID', 'gives the token at PLACE (from 1) another id'),
    'shuffle-tail': optional('K', 'shuffles the tokens after the first K', count),
    'random-tail': optional('K', 'draws the tokens after the first K from the codebook', count),
    splice: optional('FILE', 'keeps the first tokens and takes the others from the ids in FILE'),
    keep: optional('K', 'how many tokens --splice keeps', count),
    mix: optional('FILE', 'takes a share of the tokens from the ids in FILE'),
    interpolate: optional('FILE', 'moves every code a share of the way to those of the ids in FILE'),
    perturb: flag('moves a share of the tokens to codes near to theirs'),
    share: withDefault('SHARE', 'of --mix, --interpolate and --perturb, from 0 to 1', '0.1', share),
    seed: withDefault('S', 'of everything that is drawn', '1', (text) => {
      const seed = wholeNumber(text, 0);
      if (seed === undefined || seed > LARGEST_SEED) {
        throw badArguments(`--seed takes a whole number from 0 to ${LARGEST_SEED}, not "${text}".`);
      }
      return seed;
    }),
  },
  details: `  The same seed gives the same ids here and in the page. Several edits are done in the order of this list.

  encode-image --model karhunen-128 a.jpg | edit-tokens --model karhunen-128 --shuffle-tail 64 | decode-image ...`,
  async run(values, io) {
    const { readModelFolder } = await import('../engine/image/model-folder');
    const place = findModel(values.model);
    if (place.kind !== 'manifest') throw badArguments('Tokens of checkpoints cannot be edited here yet.');
    const { manifest, decoder, data } = await readModelFolder(place.path);
    const { tokens } = manifest;
    const read = async (file: string) => {
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw badArguments(`"${file}" could not be read: ${error instanceof Error ? error.message : error}`);
      });
      return checked(parseIds(text, `"${file}"`));
    };
    const checked = (ids: readonly number[]): Uint32Array => {
      try {
        checkPrefix(manifest, ids, tokens.count);
      } catch (error) {
        throw badArguments(error instanceof Error ? error.message : String(error));
      }
      return Uint32Array.from(ids);
    };
    const codebook = async (): Promise<Codebook> => {
      const { gridCodebook, linearCodebook } = await import('../engine/image/linear-codebook');
      const weights = data.find(({ path }) => path === 'weights.bin');
      const learned =
        weights &&
        (linearCodebook(decoder, weights.bytes) ?? gridCodebook(decoder, weights.bytes, tokens.codebookSize));
      const book = impliedCodebook(manifest) ?? learned;
      if (!book) throw badArguments(`The codebook of ${manifest.label} is inside its network.`);
      return book;
    };
    const { seed } = values;
    const edits: (() => Promise<Uint32Array>)[] = [];
    let ids = checked(parseIds(new TextDecoder().decode(await io.stdin()), 'Standard input'));
    for (const one of values.set) {
      const [, at, id] = /^(\d+)=(\d+)$/.exec(one) ?? [];
      if (!at || !id || +at < 1 || +at > tokens.count) {
        throw badArguments(`--set takes PLACE=ID with a place from 1 to ${tokens.count}, not "${one}".`);
      }
      edits.push(async () => checked([...withId(ids, +at - 1, +id)]));
    }
    const { 'shuffle-tail': shuffled, 'random-tail': drawn, splice: spliced, keep, mix: mixed } = values;
    if (shuffled !== undefined) edits.push(async () => shuffleTail(ids, shuffled, seed));
    if (drawn !== undefined) edits.push(async () => randomTail(ids, drawn, tokens.codebookSize, seed));
    if (spliced !== undefined) {
      if (keep === undefined) throw badArguments('Say with --keep how many tokens --splice keeps.');
      edits.push(async () => splice(ids, await read(spliced), keep));
    }
    if (mixed !== undefined) edits.push(async () => mix(ids, await read(mixed), values.share, seed));
    const { interpolate: toward } = values;
    if (toward !== undefined) {
      edits.push(async () => drain(interpolate(ids, await read(toward), values.share, await codebook())));
    }
    if (values.perturb) {
      edits.push(async () => {
        const book = await codebook();
        const near = (at: number, id: number) => book.nearest(at, id, NEAR).map((code) => code.id);
        return drain(perturb(ids, values.share, seed, near));
      });
    }
    if (edits.length === 0) throw badArguments(NO_EDIT);
    for (const edit of edits) ids = await edit();
    io.stdout(`${JSON.stringify({ model: manifest.id, ids: Array.from(ids) })}\n`);
    return 0;
  },
});
