import { Button } from '../../ui/Button';
import { AddTokenizer } from './AddTokenizer';
import { useByAgreement } from './agreement';
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
  const [byAgreement, setByAgreement] = useByAgreement();
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
        <Button
          size="sm"
          pressed={byAgreement}
          title="Marks where the columns cut the text differently"
          onClick={() => setByAgreement(!byAgreement)}
        >
          Differences
        </Button>
        <AddTokenizer />
      </div>
    </div>
  );
}
