import { Icon } from '../../ui/Icon';
import styles from './AddTokenizer.module.css';

/** A tokenizer to choose: a column shows it while it is checked. */
export function PickerRow({
  isChecked,
  isDisabled = false,
  label,
  detail,
  title,
  onToggle,
}: {
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly label: string;
  readonly detail: string;
  readonly title: string;
  readonly onToggle: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the menu's arrow keys and letters move between buttons
    <button
      type="button"
      role="checkbox"
      aria-checked={isChecked}
      className={styles.item}
      title={title}
      disabled={isDisabled}
      onClick={onToggle}
    >
      <span className={styles.box} aria-hidden="true">
        {isChecked ? <Icon name="check" size={12} /> : null}
      </span>
      <span className={styles.words}>
        <span className={styles.label}>{label}</span> <span className={styles.facts}>{detail}</span>
      </span>
    </button>
  );
}
