import { useId } from 'react';
import * as v from 'valibot';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import { Select } from '../../../../ui/Select';
import { useColumnTokenizers } from '../../context';
import type { LabTokenizer } from '../../lab-tokenizers';
import { usePaneSettings } from '../../use-pane-settings';
import styles from './Differ.module.css';
import { Differences } from './Differences';
import { type Differing, useDiffer } from './use-differ';
import { VocabularyFacts } from './VocabularyFacts';

const SETTINGS = v.object({ first: v.string(), second: v.string() });
const DEFAULTS = { first: '', second: '' };

/** Two of the columns' tokenizers, compared on the text and on texts that tokenizers stumble over. */
export function DifferPane() {
  const entries = useColumnTokenizers();
  const [settings, set] = usePaneSettings('differ', SETTINGS, DEFAULTS);
  const find = (id: string) => entries.find((entry) => entry.id === id);
  const first = find(settings.first) ?? entries[0];
  const second =
    [find(settings.second), ...entries].find((entry) => entry && entry.id !== first?.id) ?? undefined;
  const { state, stop, again } = useDiffer(first?.id, second?.id);
  if (!first || !second) {
    return (
      <p className={styles.none}>Add a second tokenizer: another file or revision of the same model, say.</p>
    );
  }
  return (
    <div className={styles.pane}>
      <div className={styles.choose}>
        <Choose label="Is" entries={entries} value={first.id} onChange={(id) => set({ first: id })} />
        <Choose
          label="the same as"
          entries={entries.filter(({ id }) => id !== first.id)}
          value={second.id}
          onChange={(id) => set({ second: id })}
        />
        <span>?</span>
      </div>
      <Answer state={state} first={first.label} second={second.label} onStop={stop} onAgain={again} />
    </div>
  );
}

interface ChooseProps {
  readonly label: string;
  readonly entries: readonly LabTokenizer[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function Choose({ label, entries, value, onChange }: ChooseProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value}
        options={entries.map((entry) => ({ id: entry.id, name: entry.label }))}
        onChange={onChange}
      />
    </>
  );
}

interface AnswerProps {
  readonly state: Differing;
  readonly first: string;
  readonly second: string;
  readonly onStop: () => void;
  readonly onAgain: () => void;
}

function Answer({ state, first, second, onStop, onAgain }: AnswerProps) {
  if (state.kind === 'busy') {
    return (
      <div className={styles.busy}>
        <Progress label={`Comparing ${first} and ${second}`} share={state.share} />
        <Button size="sm" onClick={onStop}>
          Cancel
        </Button>
      </div>
    );
  }
  if (state.kind === 'stopped' || state.kind === 'failed') {
    const error = state.kind === 'failed' ? state.error : undefined;
    return (
      <Notice
        tone={error ? 'error' : 'info'}
        title={error ? error.message : 'The comparison was stopped.'}
        actions={
          <Button size="sm" onClick={onAgain}>
            {error ? 'Try again' : 'Compare'}
          </Button>
        }
      >
        {error?.hint}
      </Notice>
    );
  }
  const { report, vocabulary, isPart } = state;
  const { texts, by } = report;
  const count = texts.filter(({ difference }) => difference).length;
  const isSame = vocabulary !== null && vocabulary.moved + vocabulary.onlyFirst + vocabulary.onlySecond === 0;
  return (
    <>
      {count === 0 ? (
        <Notice
          tone="done"
          title={`${first} and ${second} give the same ${by === 'ids' ? 'ids' : 'pieces'} for all ${texts.length} texts.`}
        >
          {by === 'ids' && isSame ? 'Their vocabularies are the same as well.' : null}
        </Notice>
      ) : (
        <p className={styles.verdict}>
          They differ on <strong>{formatInteger(count)}</strong> of {formatInteger(texts.length)} texts.
        </p>
      )}
      <p className={styles.none}>
        {by === 'ids'
          ? 'Compared by ids'
          : 'Their ids are numbered differently, so they are compared by where they cut'}
        , on {isPart ? 'the beginning of your text' : 'your text'} and on short texts that tokenizers stumble
        over. Special tokens are treated as set above.
      </p>
      {count > 0 ? <Differences texts={texts} first={first} second={second} /> : null}
      {vocabulary ? <VocabularyFacts vocabulary={vocabulary} first={first} second={second} /> : null}
    </>
  );
}
