import type { SpecialTokens } from '../../core/text/token-sequence';
import { Choice, type ChoiceOption } from '../../ui/Choice';
import { useLab, useTextState } from './context';
import styles from './SpecialTokensMenu.module.css';

const OPTIONS: readonly ChoiceOption<SpecialTokens>[] = [
  {
    value: 'text',
    label: 'Read as text',
    detail: 'As chat services read what users write: <|endoftext|> is 13 ordinary characters.',
  },
  { value: 'parse', label: 'Parse', detail: 'As scripts read prompts: <|endoftext|> is one control token.' },
  { value: 'error', label: 'Refuse', detail: 'As tiktoken does unless told otherwise: an error.' },
];

/** The lab's setting for special tokens, for all columns. */
export function SpecialTokensMenu() {
  const { state } = useLab();
  const { special, addSpecialTokens } = useTextState((now) => now.document.encode);
  return (
    <div className={styles.menu}>
      <Choice
        legend="Special tokens written in the text"
        options={OPTIONS}
        value={special}
        onChange={(value) => state.treat({ special: value })}
      />
      <label className={styles.add}>
        <input
          type="checkbox"
          checked={addSpecialTokens}
          onChange={(event) => state.treat({ addSpecialTokens: event.target.checked })}
        />
        <span>
          Add each tokenizer’s own
          <span className={styles.detail}>
            What its model expects around a text: [CLS] and [SEP], &lt;s&gt;, &lt;bos&gt;. Many have none.
          </span>
        </span>
      </label>
    </div>
  );
}
