import { findLanguageModel } from '../../../../catalog/language-models';
import type { LanguageModels } from '../../../../engine/lm/lm.client';
import { BarChart } from '../../../../views/plot/BarChart';
import styles from './Model.module.css';
import { momentName } from './names';
import { bitsPerByte } from './reading';
import { useReading } from './use-reading';

export interface MomentsProps {
  readonly models: LanguageModels;
  /** Ids of one network at moments of its training, the earliest first: three at most. */
  readonly run: readonly string[];
  readonly chosen: string;
  readonly bytes: Uint8Array;
}

/** What training changed: the same text read by the same network at several moments. */
export function Moments({ models, run, chosen, bytes }: MomentsProps) {
  const [a, b, c] = run;
  const works = [
    useReading(models, a ?? null, false, bytes),
    useReading(models, b ?? null, false, bytes),
    useReading(models, c ?? null, false, bytes),
  ];
  const moments = run.slice(0, 3).flatMap((id, i) => {
    const model = findLanguageModel(id);
    return model ? [{ model, work: works[i]! }] : [];
  });
  return (
    <section className={styles.part}>
      <h2>What training changed</h2>
      <BarChart
        label="Bits per byte of your text by how much of its training was done"
        format={(value) => value.toFixed(2)}
        legend={{ bar: 'your text', mark: 'a held-out English book' }}
        bars={moments.map(({ model, work }) => ({
          id: model.id,
          label: `After ${momentName(model)} of training`,
          value: work.reading && bitsPerByte(work.reading),
          mark: model.heldOut['books'],
          isChosen: model.id === chosen,
        }))}
      />
      {works.map(({ error }, i) =>
        error ? (
          <p key={run[i]} className={styles.small} role="alert">
            {error.message} {error.hint}
          </p>
        ) : null,
      )}
      <p className={styles.small}>
        Choose one of these moments as the model above, and another to compare with, to see what it learned
        place by place.
      </p>
    </section>
  );
}
