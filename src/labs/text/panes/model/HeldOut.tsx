import { memo } from 'react';
import type { BundledLanguageModel } from '../../../../catalog/language-models';
import { BarChart } from '../../../../views/plot/BarChart';
import styles from './Model.module.css';
import { heldOutName } from './names';

export interface HeldOutProps {
  readonly model: BundledLanguageModel;
  /** Bits per byte of the visitor's text. */
  readonly own: number | undefined;
  readonly other: BundledLanguageModel | undefined;
  readonly otherOwn: number | undefined;
}

/** The visitor's text among texts that the model never read. */
export const HeldOut = memo(function HeldOut({ model, own, other, otherOwn }: HeldOutProps) {
  return (
    <section className={styles.part}>
      <h2>Beside texts that it never read</h2>
      <BarChart
        label={`Bits per byte of ${model.label}`}
        format={(value) => value.toFixed(2)}
        {...(other ? { legend: { bar: model.label, mark: other.label } } : {})}
        bars={[
          { id: 'own', label: 'Your text', value: own, mark: other && otherOwn, isChosen: true },
          ...Object.entries(model.heldOut).map(([id, value]) => ({
            id,
            label: heldOutName(id),
            value,
            mark: other?.heldOut[id],
          })),
        ]}
      />
      <p className={styles.small}>
        Bits per byte. Held-out figures are the model’s own record: {model.heldOutHow}.
      </p>
    </section>
  );
});
