import { Button } from '../../ui/Button';
import { AddTokenizer } from './AddTokenizer';
import { useLab, useTextState } from './context';
import { PaneTabs } from './PaneTabs';
import { SpecialTokens } from './SpecialTokens';
import { TextMeasure } from './TextMeasure';
import styles from './Toolbar.module.css';

/** How the columns are shown, and which ones. */
export function Toolbar() {
  const { state } = useLab();
  const showIds = useTextState((now) => now.showIds);
  const showWhitespace = useTextState((now) => now.showWhitespace);
  return (
    <div className={styles.toolbar}>
      <PaneTabs />
      <div className={styles.tools}>
        <TextMeasure />
        <Button size="sm" pressed={showIds} onClick={() => state.showIds(!showIds)}>
          Token ids
        </Button>
        <Button size="sm" pressed={showWhitespace} onClick={() => state.showWhitespace(!showWhitespace)}>
          Whitespace
        </Button>
        <SpecialTokens />
        <AddTokenizer />
      </div>
    </div>
  );
}
