import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLmFolder } from '../engine/lm/lm-folder';
import { type OpenModel, openLanguageModel } from '../engine/lm/open-model';
import type { Runtime } from '../engine/ort/runtime';
import { ownFolder } from '../package/own-files';
import { badArguments, type Option, required } from './command';

const own = () => fileURLToPath(ownFolder('lm'));

function known(): string {
  const ids = existsSync(own())
    ? readdirSync(own()).filter((id) => existsSync(join(own(), id, 'manifest.json')))
    : [];
  return ids.length > 0
    ? `Known: ${ids.join(', ')}.`
    : 'They are in the repository, below public/lm: name the folder of one.';
}

/** `--model`, a language model. */
export const languageModelOption: Option<string> = required(
  'ID|FOLDER',
  "a language model's id, or a folder with its manifest.json",
  () => `Name a language model with --model. ${known()}`,
);

/**
 * Opens what `--model` names.
 * @param isWasm runs it as a browser would, on one thread
 * @throws TokenoscopeError `bad-arguments` where there is no such model; `model-fetch`, `model-corrupt`
 */
export async function openLm(name: string, isWasm = false): Promise<OpenModel> {
  const folder = [join(own(), name), name].find((one) => existsSync(join(one, 'manifest.json')));
  if (folder === undefined) throw badArguments(`There is no language model "${name}". ${known()}`);
  const files = await readLmFolder(folder);
  return await openLanguageModel(files, isWasm ? await wasmRuntime() : await nodeRuntime());
}

async function nodeRuntime(): Promise<Runtime> {
  const { createNodeRuntime } = await import('../engine/ort/node');
  return createNodeRuntime();
}

async function wasmRuntime(): Promise<Runtime> {
  const [ort, { createWebRuntime }] = await Promise.all([
    import('onnxruntime-web/wasm'),
    import('../engine/ort/web'),
  ]);
  return createWebRuntime(ort, 1);
}
