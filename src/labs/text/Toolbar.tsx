import { useStore } from 'zustand';
import { Button } from '../../ui/Button';
import { AddTokenizer } from './AddTokenizer';
import { useByAgreement } from './agreement';
import { useLab, useTextState } from './context';
import { PaneTabs } from './PaneTabs';
import { textPanes } from './pane-list';
import { SpecialTokens } from './SpecialTokens';
import { TextMeasure } from './TextMeasure';
import styles from './Toolbar.module.css';

/** How the columns are shown, and which ones. */
export function Toolbar() {
  const { state, panes } = useLab();
  const showIds = useTextState((now) => now.showIds);
  const showWhitespace = useTextState((now) => now.showWhitespace);
  const [byAgreement, setByAgreement] = useByAgreement();
  const open = useStore(panes.store, (now) => now.open);
  const pane = textPanes.find(({ id }) => id === open);
  return (
    <div className={styles.toolbar}>
      <PaneTabs />
      <div className={styles.tools}>
        <TextMeasure />
        {pane ? null : (
          <Button size="sm" pressed={showIds} onClick={() => state.showIds(!showIds)}>
            Token ids
          </Button>
        )}
        {pane && !pane.drawsTokens ? null : (
          <Button size="sm" pressed={showWhitespace} onClick={() => state.showWhitespace(!showWhitespace)}>
            Whitespace
          </Button>
        )}
        <SpecialTokens />
        {pane ? null : (
          <Button
            size="sm"
            pressed={byAgreement}
            title="Marks where the columns cut the text differently"
            onClick={() => setByAgreement(!byAgreement)}
          >
            Differences
          </Button>
        )}
        <AddTokenizer />
      </div>
    </div>
  );
}
