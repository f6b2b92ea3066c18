import { useId } from 'react';
import { useLab, useTrain } from './context';
import { KINDS } from './draft';
import styles from './Panels.module.css';

/** What is trained. */
export function KindPanel() {
  const { session } = useLab();
  const kind = useTrain(({ draft }) => draft.kind);
  const name = useId();
  return (
    <section className={styles.panel}>
      <h2 className={styles.heading} id={`${name}-heading`}>
        Kind of tokenizer
      </h2>
      <fieldset className={styles.panel} aria-labelledby={`${name}-heading`}>
        {KINDS.map((one) => (
          <label key={one.id} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={one.id === kind}
              onChange={() => session.set({ kind: one.id })}
            />
            <span>
              {one.name}
              <span className={styles.about}>{one.about}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
