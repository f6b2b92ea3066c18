import styles from './TokenInspector.module.css';

/** A token as its vocabulary spells it, spaces as dots. */
export function NameChip({ name, title }: { readonly name: string; readonly title?: string }) {
  return (
    <span className={styles.chip} title={title} dir="auto">
      {name.replaceAll(' ', '·')}
    </span>
  );
}
