/** What the picker needs to know of a bundled model before anything is fetched. */
export interface BundledModel {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** All files that opening fetches, in bytes. */
  readonly bytes: number;
  readonly image: { readonly width: number; readonly height: number };
  readonly tokens: { readonly count: number; readonly bits: number; readonly codebookSize: number };
  /** First 8 hex digits of the decoder's sha256, as in permalinks. */
  readonly hash: string;
}

interface ManifestJson extends Omit<BundledModel, 'bytes' | 'hash'> {
  readonly files: {
    readonly encoder: { readonly bytes: number };
    readonly decoder: { readonly bytes: number; readonly sha256: string };
    readonly data: readonly { readonly bytes: number }[];
  };
}

// Read at build time: adding a folder to public/models is the only step to add a model.
const manifests = import.meta.glob<ManifestJson>('../../../public/models/*/manifest.json', {
  eager: true,
  import: 'default',
});

/** Every model in public/models, sorted by id. Checked in full by the contract test, so only typed here. */
export const bundledModels: readonly BundledModel[] = Object.values(manifests)
  .map(({ id, label, summary, image, tokens, files }) => ({
    id,
    label,
    summary,
    image,
    tokens,
    bytes: [files.encoder, files.decoder, ...files.data].reduce((sum, file) => sum + file.bytes, 0),
    hash: files.decoder.sha256.slice(0, 8),
  }))
  .sort((a, b) => a.id.localeCompare(b.id));
