/** What the page needs to know of a learned measure before anything is fetched. */
export interface BundledMeasure {
  readonly id: string;
  readonly label: string;
  /** What a distance of 1 is, as a clause. */
  readonly scale: string;
  /** The only size of pictures that it compares. */
  readonly image: { readonly width: number; readonly height: number };
}

// Read at build time: adding a folder to public/measures is the only step to add a measure.
const described = import.meta.glob<BundledMeasure>('../../../public/measures/*/measure.json', {
  eager: true,
  import: 'default',
});

/** Every learned measure in public/measures, sorted by id. Its fields are checked when it is fetched. */
export const bundledMeasures: readonly BundledMeasure[] = Object.values(described)
  .map(({ id, label, scale, image }) => ({ id, label, scale, image }))
  .sort((a, b) => a.id.localeCompare(b.id));
