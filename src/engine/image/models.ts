import type { ModelManifest } from '../../core/image/manifest';
import type { ManifestFile } from '../../core/image/manifest-file';
import { runningFiles } from '../../core/image/running-files';

/** What the picker needs to know of a bundled model before anything is fetched. */
export interface BundledModel
  extends Pick<
    ModelManifest,
    'id' | 'label' | 'summary' | 'suits' | 'image' | 'tokens' | 'sameAs' | 'sampler' | 'decodeMflop'
  > {
  /** All files that opening fetches, in bytes. */
  readonly bytes: number;
  readonly files: readonly ManifestFile[];
  /** First 8 hex digits of the decoder's sha256, as in permalinks. */
  readonly hash: string;
  /** What makes the tokens: sha256 of the encoder's graph, and of the weights beside it. */
  readonly encoder: { readonly graph: string; readonly data: readonly string[] };
}

/** What a build keeps of a manifest (scripts/lib/bundled-manifests.mjs). */
type ShortManifest = Omit<
  ModelManifest,
  'schema' | 'family' | 'figures' | 'parameters' | 'licence' | 'training'
>;

// Read at build time: adding a folder to public/models is the only step to add a model.
const manifests = import.meta.glob<ShortManifest>('../../../public/models/*/manifest.json', {
  eager: true,
  import: 'default',
});

/** Every model in public/models, sorted by id. Checked in full by the contract test, so only typed here. */
export const bundledModels: readonly BundledModel[] = Object.values(manifests)
  .map((manifest) => {
    const { id, label, summary, suits, image, tokens, sameAs, sampler, decodeMflop } = manifest;
    const files = [...runningFiles(manifest), ...(manifest.golden ? [manifest.golden] : [])];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const hash = manifest.files.decoder.sha256.slice(0, 8);
    const encoder = {
      graph: manifest.files.encoder.sha256,
      data: manifest.files.data.map(({ sha256 }) => sha256),
    };
    return {
      id,
      label,
      summary,
      suits,
      image,
      tokens,
      sameAs,
      sampler,
      decodeMflop,
      files,
      bytes,
      hash,
      encoder,
    };
  })
  .sort((a, b) => a.id.localeCompare(b.id));
