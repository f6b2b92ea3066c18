import type { ManifestFile, ModelManifest } from './manifest';

/** All that running a model needs beside its manifest, each file once. */
export function runningFiles({ files, sampler }: Pick<ModelManifest, 'files' | 'sampler'>): ManifestFile[] {
  const graphs = sampler ? [sampler.start, sampler.velocity, sampler.distilled] : [];
  const all = [files.encoder, files.decoder, ...graphs, ...files.data].filter((file) => file !== undefined);
  return [...new Map(all.map((file) => [file.path, file])).values()];
}
