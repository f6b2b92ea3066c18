import { Choice } from '../../ui/Choice';
import { useLab, useTrain } from './context';
import { KINDS } from './draft';
import styles from './Panels.module.css';

const OPTIONS = KINDS.map(({ id, name, about }) => ({ value: id, label: name, detail: about }));

/** What is trained. */
export function KindPanel() {
  const { session } = useLab();
  const kind = useTrain(({ draft }) => draft.kind);
  return (
    <section className={styles.panel}>
      <h2 className={styles.heading}>Kind of tokenizer</h2>
      <Choice
        legend="Kind of tokenizer"
        hideLegend
        size="md"
        options={OPTIONS}
        value={kind}
        onChange={(next) => session.set({ kind: next })}
      />
    </section>
  );
}
