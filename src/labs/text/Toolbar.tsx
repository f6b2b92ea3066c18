import { Button } from '../../ui/Button';
import { AddTokenizer } from './AddTokenizer';
import { useLab, useTextState } from './context';
import { TextMeasure } from './TextMeasure';
import styles from './Toolbar.module.css';

/** How the columns are shown, and which ones. */
export function Toolbar() {
  const { state } = useLab();
  const showIds = useTextState((now) => now.showIds);
  const showWhitespace = useTextState((now) => now.showWhitespace);
  return (
    <div className={styles.toolbar}>
      <TextMeasure />
      <div className={styles.tools}>
        <Button size="sm" pressed={showIds} onClick={() => state.showIds(!showIds)}>
          Token ids
        </Button>
        <Button size="sm" pressed={showWhitespace} onClick={() => state.showWhitespace(!showWhitespace)}>
          Whitespace
        </Button>
        <AddTokenizer />
      </div>
    </div>
  );
}
