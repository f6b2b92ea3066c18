import type { LabModels } from './models';
import { type ImageSource, type OpenPicture, sameIds, sameSource } from './source';

/** How many pictures are kept. */
const KEPT = 16;

/** Pictures opened in this visit, newest last, so that Back restores an original, which no link can hold. */
export class RecentPictures {
  readonly #models: Pick<LabModels, 'sharesTokens'>;
  #pictures: readonly OpenPicture[] = [];

  constructor(models: Pick<LabModels, 'sharesTokens'>) {
    this.#models = models;
  }

  remember(picture: OpenPicture): void {
    const others = this.#pictures.filter(
      (other) => !(other.model === picture.model && sameIds(other.ids, picture.ids)),
    );
    this.#pictures = [...others, picture].slice(-KEPT);
  }

  /** A model's earlier result for a picture. */
  recall(model: string, source: ImageSource): OpenPicture | undefined {
    return this.#find(source, (picture) => picture.model === model);
  }

  /** The picture with its original, as a model that makes the same tokens has it. */
  relative(model: string, source: ImageSource): OpenPicture | undefined {
    return this.#find(
      source,
      (picture) => picture.original !== null && this.#models.sharesTokens(picture.model, model),
    );
  }

  /** The original from any model's entry, which any other model can encode. */
  original(source: ImageSource): OpenPicture | undefined {
    return this.#find(source, ({ file, source: from }) => file !== null && from.kind !== 'tokens');
  }

  /** Forgets what one model made: its weights have changed. */
  forget(model: string): void {
    this.#pictures = this.#pictures.filter((picture) => picture.model !== model);
  }

  #find(source: ImageSource, fits: (picture: OpenPicture) => boolean): OpenPicture | undefined {
    const matches = this.#pictures.filter((picture) => this.#shows(picture, source) && fits(picture));
    return matches.findLast(({ original }) => original) ?? matches.at(-1);
  }

  /** A sample by its id, a file by itself, tokens by their values (also those of a file or a sample). */
  #shows(picture: OpenPicture, source: ImageSource): boolean {
    if (source.kind !== 'tokens') return sameSource(picture.source, source);
    return source.rows.some(
      ({ ids, models }) =>
        sameIds(ids, picture.ids) && models.some(({ id }) => this.#models.sharesTokens(id, picture.model)),
    );
  }
}
