import { TokenoscopeError } from '../../core/errors';
import { type Golden, goldenSchema, type ModelManifest, manifestSchema } from '../../core/image/manifest';
import { type MeasureManifest, measureSchema } from '../../core/image/measure';
import { runningFiles } from '../../core/image/running-files';
import type { LoadProgress } from '../rpc/protocol';
import { fetchLatest } from '../weights/checked-fetch';
import { fetchFiles } from '../weights/fetch-files';
import { parseJson } from '../weights/parse-json';
import type { ModelFiles, ModelGraphs } from './model';
import { unpacked } from './unpacked';

/**
 * Parses a model's manifest.
 * @throws TokenoscopeError `model-corrupt` that names the field
 */
export function parseManifest(json: string, where: string): ModelManifest {
  return parseJson(manifestSchema, json, where);
}

/** Parses a learned measure's description. @throws TokenoscopeError `model-corrupt` that names the field */
export function parseMeasure(json: string, where: string): MeasureManifest {
  return parseJson(measureSchema, json, where);
}

/** Parses a model's golden file. @throws TokenoscopeError `model-corrupt` that names the field */
export function parseGolden(json: string, where: string): Golden {
  return parseJson(goldenSchema, json, where);
}

/**
 * The parts of a model, from the contents of its files.
 * @param contents by path: at least all that `runningFiles` names
 */
export function graphsOf(
  { files, sampler }: ModelManifest,
  contents: ReadonlyMap<string, Uint8Array>,
): Omit<ModelGraphs, 'manifest'> {
  const of = ({ path }: { readonly path: string }) => contents.get(path)!;
  return {
    encoder: of(files.encoder),
    decoder: of(files.decoder),
    flow: sampler && {
      start: of(sampler.start),
      velocity: of(sampler.velocity),
      distilled: sampler.distilled && of(sampler.distilled),
    },
    data: files.data.map(({ path }) => ({ path, bytes: of({ path }) })),
  };
}

/** Ids are plain folder names, so that an id from a link cannot address anything else. */
const ID = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Fetches all files of a model, with progress over their sum, each checked against the manifest.
 * @param modelsUrl absolute address of the folder of models, ending in /
 * @param onManifest called as soon as the manifest is there
 * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `aborted`
 */
export async function fetchModel(
  modelsUrl: string,
  id: string,
  signal: AbortSignal | undefined,
  onProgress: (progress: LoadProgress) => void,
  onManifest?: (manifest: ModelManifest) => void,
): Promise<ModelFiles> {
  if (!ID.test(id)) {
    throw new TokenoscopeError('model-unknown', `There is no model "${id}".`, 'Choose one from the list.');
  }
  const folder = new URL(`${id}/`, modelsUrl).href;
  // Small, and the root of all checks, so it is always fetched again.
  const text = await fetchLatest(`${folder}manifest.json`, `${id}/manifest.json`, signal);
  const manifest = parseManifest(text, `${id}/manifest.json`);
  onManifest?.(manifest);
  const files = [...runningFiles(manifest), ...(manifest.golden ? [manifest.golden] : [])];
  const contents = await fetchFiles({ folder, id, label: manifest.label, files }, signal, onProgress);
  const golden = manifest.golden && (await unpacked(contents[files.length - 1]!));
  return {
    manifest,
    ...graphsOf(manifest, new Map(files.map(({ path }, index) => [path, contents[index]!]))),
    get golden() {
      // Half a megabyte of JSON: read by whoever checks with it, and only then.
      return golden && parseGolden(new TextDecoder().decode(golden), `${id}/golden.json`);
    },
  };
}
