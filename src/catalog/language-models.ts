import { type LmManifest, lmFiles } from '../engine/lm/manifest';

/** What the page knows of a language model before anything of it is fetched. */
export interface BundledLanguageModel
  extends Pick<LmManifest, 'id' | 'label' | 'summary' | 'vocabulary' | 'context' | 'parameters' | 'licence'> {
  /** What loading it fetches, in bytes. */
  readonly bytes: number;
  /** Bits per byte on texts that it never read, by the text's name. */
  readonly heldOut: Readonly<Record<string, number>>;
  /** What was measured there, and how. */
  readonly heldOutHow: string;
  readonly training: LmManifest['training'];
  /** The same network at other moments of its training, this one among them, the earliest first. */
  readonly run: readonly string[];
}

// Read at build time: a folder in public/lm is the only step to add one. Checked in full by its test.
const manifests = Object.values(
  import.meta.glob<LmManifest>('../../public/lm/*/manifest.json', { eager: true, import: 'default' }),
);

const MOMENTS = ['late', 'middle', 'early'];

/** Every language model of the page: the large ones first, each run's last moment before the others. */
export const languageModels: readonly BundledLanguageModel[] = manifests
  .map((manifest) => {
    const { id, label, summary, vocabulary, context, parameters, licence, figures, training } = manifest;
    const bytes = lmFiles(manifest).reduce((sum, file) => sum + file.bytes, 0);
    const run = manifests
      .filter((other) => baseOf(other) === baseOf(manifest))
      .sort((a, b) => a.training.progress - b.training.progress)
      .map((other) => other.id);
    return {
      id,
      label,
      summary,
      vocabulary,
      context,
      parameters,
      licence,
      bytes,
      heldOut: figures.bitsPerByte,
      heldOutHow: figures.dataset,
      training,
      run,
    };
  })
  .sort(
    (a, b) =>
      b.parameters - a.parameters || MOMENTS.indexOf(a.training.moment) - MOMENTS.indexOf(b.training.moment),
  );

export function findLanguageModel(id: string): BundledLanguageModel | undefined {
  return languageModels.find((model) => model.id === id);
}

/** Moments of one run are named alike. */
function baseOf({ id, training }: LmManifest): string {
  return id.replace(new RegExp(`-${training.moment}$`), '');
}
