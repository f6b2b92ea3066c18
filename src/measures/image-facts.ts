/** What a measure of pictures is, before anything is computed. */
interface Facts {
  /** Part of saved results: it never changes. */
  readonly id: string;
  readonly label: string;
  /** Empty for a plain ratio. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The range that a chart shows, where values have one; else charts follow the values. */
  readonly range?: readonly [low: number, high: number];
  /** What a value of 1 is, as a clause, where that needs words. */
  readonly scale?: string;
  /** The only size of pictures that it compares, where it takes no other. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Place in lists: small first. */
  readonly place: number;
}

/** What a measure's local values are, where in a picture it finds errors. */
export interface MapFacts {
  /** What a place's value is, as the title of a legend. */
  readonly label: string;
  /** The values at the two ends of a colour scale; those beyond look like its ends. */
  readonly worst: number;
  readonly best: number;
  /** What else one needs to know to read it, as a sentence. */
  readonly note: string;
}

/** A measure that is quick enough for every picture that is shown. */
export interface CheapFacts extends Facts {
  readonly cost: 'cheap';
  /** Absent where the measure has no local values. */
  readonly map?: MapFacts;
}

/** A measure that needs models or much time, so it runs only when chosen. */
export interface DearFacts extends Facts {
  readonly cost: 'dear';
  /** Why a picture has no value, in a sentence, where that depends on what it shows. */
  readonly absent?: string;
}

export type ImageFacts = CheapFacts | DearFacts;

const facts = import.meta.glob<ImageFacts>('./image/*.ts', { eager: true, import: 'facts' });

/** What every measure of pictures is, in the order of lists; to compute them is for workers and the command line. */
export const imageFacts: readonly ImageFacts[] = Object.values(facts).sort((a, b) => a.place - b.place);

/** Those of costly measures. */
export const dearFacts = imageFacts.filter((each): each is DearFacts => each.cost === 'dear');

/** Whether a measure accepts pictures of this size. */
export function fitsSize(
  { size }: Pick<DearFacts, 'size'>,
  picture: { readonly width: number; readonly height: number },
): boolean {
  return size === undefined || (picture.width === size.width && picture.height === size.height);
}
