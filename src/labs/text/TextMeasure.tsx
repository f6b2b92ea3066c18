import { formatBytes, formatInteger } from '../../ui/format';
import { useTextState } from './context';
import styles from './Toolbar.module.css';

/** How long the text is. */
export function TextMeasure() {
  const { bytes, index } = useTextState((state) => state.document);
  const characters = index.codePoints;
  const [amount, unit] =
    bytes.length < 100_000
      ? [formatInteger(bytes.length), bytes.length === 1 ? 'byte' : 'bytes']
      : formatBytes(bytes.length).split(' ');
  return (
    <p className={styles.measure}>
      <span className="mono">{formatInteger(characters)}</span>{' '}
      <span title="Unicode code points">{characters === 1 ? 'character' : 'characters'}</span>
      <span className={styles.measureBytes} title="In UTF-8">
        <span className="mono">{amount}</span> {unit}
      </span>
    </p>
  );
}
