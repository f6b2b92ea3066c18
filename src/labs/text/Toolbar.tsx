import { Button } from '../../ui/Button';
import { AddTokenizer } from './AddTokenizer';
import { setShowIds, setShowWhitespace, useTextLab } from './store';
import { TextMeasure } from './TextMeasure';
import styles from './Toolbar.module.css';

/** How the columns are shown, and which ones. */
export function Toolbar() {
  const showIds = useTextLab((state) => state.showIds);
  const showWhitespace = useTextLab((state) => state.showWhitespace);
  return (
    <div className={styles.toolbar}>
      <TextMeasure />
      <div className={styles.tools}>
        <Button size="sm" pressed={showIds} onClick={() => setShowIds(!showIds)}>
          Token ids
        </Button>
        <Button size="sm" pressed={showWhitespace} onClick={() => setShowWhitespace(!showWhitespace)}>
          Whitespace
        </Button>
        <AddTokenizer />
      </div>
    </div>
  );
}
