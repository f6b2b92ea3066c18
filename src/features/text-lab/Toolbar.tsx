import { textTokenizers } from '../../catalog/text-tokenizers';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { addTokenizer, setShowIds, setShowWhitespace, useTextLab } from './store';
import { TextMeasure } from './TextMeasure';
import styles from './Toolbar.module.css';

/** How the columns are shown, and which ones. */
export function Toolbar() {
  const showIds = useTextLab((state) => state.showIds);
  const showWhitespace = useTextLab((state) => state.showWhitespace);
  const tokenizers = useTextLab((state) => state.tokenizers);
  const others = textTokenizers.filter((entry) => !tokenizers.includes(entry.id));
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
        {others.length > 0 ? (
          <span className={styles.add}>
            <select
              aria-label="Add a tokenizer"
              value=""
              onChange={(event) => addTokenizer(event.currentTarget.value)}
            >
              <option value="" disabled>
                Add tokenizer
              </option>
              {others.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
            <Icon name="plus" size={14} />
          </span>
        ) : null}
      </div>
    </div>
  );
}
