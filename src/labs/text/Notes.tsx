import styles from './Notes.module.css';

/** What there is to know about a tokenizer, folded away: most people need it once. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <details className={styles.notes}>
      <summary>{notes.length === 1 ? '1 note' : `${notes.length} notes`} on this tokenizer</summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}
