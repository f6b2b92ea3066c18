import { Button } from '../../ui/Button';
import { useLab } from './context';
import styles from './SpecialLine.module.css';

/** What to do where a column refused the text for the special tokens in it. */
export function SpecialRefused() {
  const { state } = useLab();
  return (
    <div className={styles.refused}>
      <Button size="sm" onClick={() => state.treat({ special: 'text' })}>
        Read as text
      </Button>
      <Button size="sm" onClick={() => state.treat({ special: 'parse' })}>
        Parse
      </Button>
    </div>
  );
}
