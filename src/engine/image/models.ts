/** What the picker needs to know of a bundled model before anything is fetched. */
export interface BundledModel {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** All files that opening fetches, in bytes. */
  readonly bytes: number;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly image: { readonly width: number; readonly height: number };
  readonly tokens: {
    readonly count: number;
    readonly bits: number;
    readonly codebookSize: number;
    /** True where any prefix decodes; else every token is needed. */
    readonly ordered: boolean;
  };
  /** First 8 hex digits of the decoder's sha256, as in permalinks. */
  readonly hash: string;
}

interface ManifestJson extends Omit<BundledModel, 'bytes' | 'hash' | 'files'> {
  readonly files: {
    readonly encoder: FileJson;
    readonly decoder: FileJson;
    readonly data: readonly FileJson[];
  };
}

interface FileJson {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

// Read at build time: adding a folder to public/models is the only step to add a model.
const manifests = import.meta.glob<ManifestJson>('../../../public/models/*/manifest.json', {
  eager: true,
  import: 'default',
});

/** Every model in public/models, sorted by id. Checked in full by the contract test, so only typed here. */
export const bundledModels: readonly BundledModel[] = Object.values(manifests)
  .map(({ id, label, summary, image, tokens, files: { encoder, decoder, data } }) => {
    const files = [encoder, decoder, ...data];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { id, label, summary, image, tokens, files, bytes, hash: decoder.sha256.slice(0, 8) };
  })
  .sort((a, b) => a.id.localeCompare(b.id));
