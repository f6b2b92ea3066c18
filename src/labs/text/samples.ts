import { createStore, type StoreApi } from 'zustand';
import type { SampleText } from '../../catalog/sample-text';
import { sample as first } from '../../catalog/texts/first-look';

/** The sample texts: the first one is there at once, the others after loading. */
export class Samples {
  readonly store: StoreApi<{ readonly list: readonly SampleText[] }> = createStore(() => ({
    list: [first] as readonly SampleText[],
  }));
  #loading: Promise<void> | undefined;

  /** Loads the others, once; if that fails, there is only the first one until the next try. */
  load(): Promise<void> {
    this.#loading ??= import('../../catalog/texts').then(
      ({ sampleTexts }) => this.store.setState({ list: sampleTexts }),
      () => {
        this.#loading = undefined;
      },
    );
    return this.#loading;
  }

  get first(): SampleText {
    return first;
  }

  find(id: string): SampleText | undefined {
    return this.store.getState().list.find((sample) => sample.id === id);
  }

  /** Whether a text is a sample, wherever it came from. */
  has(text: string | null): boolean {
    return this.store.getState().list.some((sample) => sample.text === text);
  }
}
