import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { findTextTokenizer } from '../../catalog/tokenizers';
import type { Tokenizer } from '../../core/text/tokens';
import { readLmFolder } from '../../engine/lm/lm-folder';
import { type OpenModel, openLanguageModel } from '../../engine/lm/open-model';
import { createNodeRuntime } from '../../engine/ort/node';
import { openTokenizer } from '../../tokenizers/open-tokenizer';
import { type Experiment, type RunContext, readState } from '../experiment';

/** Large ones take a second to load: once for all tests of a thread. */
const loaded = new Map<string, Promise<Tokenizer>>();

/** A tokenizer of the catalogue, from the compiled vocabularies of the working tree. */
export async function catalogueTokenizer(id: string): Promise<Tokenizer> {
  const known = loaded.get(id) ?? load(id);
  loaded.set(id, known);
  return await known;
}

async function load(id: string): Promise<Tokenizer> {
  const { tokenizer } = await openTokenizer(findTextTokenizer(id)!.spec, {
    readVocabulary: async (name) => gunzipSync(readFileSync(`generated/vocabularies/${name}.bin`)),
  });
  return tokenizer;
}

/** A language model of the working tree. */
async function languageModel(id: string): Promise<OpenModel> {
  return await openLanguageModel(await readLmFolder(`public/lm/${id}`), createNodeRuntime(1));
}

/** What a run is given. */
export function testContext<Result>(more: Partial<RunContext<Result>> = {}): RunContext<Result> {
  return { tokenizer: catalogueTokenizer, languageModel, ...more };
}

/** Runs an experiment on a text. @param raw fields other than their defaults */
export async function runOn<State, Result>(
  experiment: Experiment<State, Result>,
  text: string,
  raw: object = {},
): Promise<{ result: Result; state: State; figures: Readonly<Record<string, number | undefined>> }> {
  const state = readState(experiment, raw);
  const result = await experiment.run(state, { kind: 'text', text }, testContext());
  const figures = experiment.figures(result, state).map(({ id, value }) => [id, value] as const);
  return { result, state, figures: Object.fromEntries(figures) };
}
