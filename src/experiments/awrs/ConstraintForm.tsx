import { useId, useState } from 'react';
import { TokenoscopeError } from '../../core/errors';
import { Button } from '../../ui/Button';
import { NumberField } from '../../ui/NumberField';
import { Segmented } from '../../ui/Segmented';
import styles from './ConstraintForm.module.css';
import { type ConstraintState, constraintOf } from './constraint';
import type { State } from './experiment';

interface FormProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

const KINDS: readonly { readonly value: ConstraintState['kind']; readonly label: string }[] = [
  { value: 'pattern', label: 'Pattern' },
  { value: 'letters', label: 'No letter' },
  { value: 'length', label: 'Length' },
  { value: 'json', label: 'JSON' },
];

const UNITS: readonly { readonly value: ConstraintState['unit']; readonly label: string }[] = [
  { value: 'words', label: 'words' },
  { value: 'characters', label: 'characters' },
];

/** Patterns to begin with. */
const PATTERNS: readonly { readonly name: string; readonly pattern: string }[] = [
  { name: 'Zebra', pattern: 'Alice was (a zebra|so tired|not a cat|in a hurry|very (sad|tired|sleepy))\\.' },
  {
    name: 'Who did what',
    pattern: '(Alice|She) (was|had|said) (a|the|very|so) (zebra|Queen|hot|tired|much)\\.',
  },
  { name: 'A shout', pattern: "'(Oh|Come|You|I),? \\w{2,6}!'" },
];

/** What every string has to be. */
export function ConstraintForm({ state, onChange }: FormProps) {
  const name = useId();
  const [draft, setDraft] = useState<Draft | null>(null);
  const change = (next: State) => {
    setDraft(null);
    onChange(next);
  };
  const written = { draft, onDraft: setDraft };
  return (
    <div className={styles.form}>
      <div className={styles.head}>
        <span className={styles.name}>Every string has to be</span>
        <Segmented
          label="Kind of rule"
          size="sm"
          options={KINDS}
          value={state.kind}
          onChange={(kind) => change({ ...state, kind })}
        />
      </div>
      {state.kind === 'pattern' ? (
        <>
          <Written
            {...written}
            label="A match of this regular expression, as a whole"
            value={state.pattern}
            most={400}
            problem={(pattern) => problemOf({ ...state, pattern })}
            onChange={(pattern) => onChange({ ...state, pattern })}
          />
          <div className={styles.examples}>
            <span>Try:</span>
            {PATTERNS.map(({ name: title, pattern }) => (
              <Button
                key={title}
                size="sm"
                pressed={draft === null && pattern === state.pattern}
                onClick={() => change({ ...state, pattern })}
              >
                {title}
              </Button>
            ))}
          </div>
        </>
      ) : null}
      {state.kind === 'letters' ? (
        <Written
          {...written}
          label="Without these letters or signs, large or small"
          value={state.without}
          most={40}
          problem={(without) => problemOf({ ...state, without })}
          onChange={(without) => onChange({ ...state, without })}
        />
      ) : null}
      {state.kind === 'length' ? (
        <div className={styles.length}>
          <label htmlFor={name}>Exactly</label>
          <NumberField
            id={name}
            label="Exactly"
            className={styles.number}
            value={state.length}
            min={1}
            max={60}
            onChange={(length) => onChange({ ...state, length })}
          />
          <Segmented
            label="Unit of the length"
            size="sm"
            options={UNITS}
            value={state.unit}
            onChange={(unit) => onChange({ ...state, unit })}
          />
        </div>
      ) : null}
      {state.kind === 'json' ? (
        <p className={styles.note}>
          A whole JSON value: text in quotes, a number, a list, an object, true, false or null.
        </p>
      ) : null}
    </div>
  );
}

/** What is wrong with a rule; empty where nothing is. */
function problemOf(state: ConstraintState): string {
  try {
    constraintOf(state);
    return '';
  } catch (error) {
    if (error instanceof TokenoscopeError) return `${error.message} ${error.hint}`;
    throw error;
  }
}

/** What was typed and does not count. */
interface Draft {
  readonly text: string;
  /** The value that still counts: once that is another one, the draft is out of date. */
  readonly over: string;
}

interface WrittenProps {
  readonly draft: Draft | null;
  readonly onDraft: (draft: Draft | null) => void;
  readonly label: string;
  readonly value: string;
  /** Characters, at most. */
  readonly most: number;
  /** Empty where the text counts. */
  readonly problem: (text: string) => string;
  readonly onChange: (text: string) => void;
}

/** A line of text that counts as soon as it can be read. */
function Written({ draft, onDraft, label, value, most, problem, onChange }: WrittenProps) {
  const text = draft?.over === value ? draft.text : value;
  const wrong = problem(text);
  const field = useId();
  return (
    <div className={styles.written}>
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        className={styles.field}
        value={text}
        maxLength={most}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-invalid={wrong !== ''}
        aria-describedby={`${field}-problem`}
        onChange={(event) => {
          const next = event.currentTarget.value;
          const counts = problem(next) === '';
          onDraft(counts ? null : { text: next, over: value });
          if (counts) onChange(next);
        }}
      />
      <p id={`${field}-problem`} className={styles.problem} role="status">
        {wrong === '' ? '' : `${wrong} What is shown is still of the rule before.`}
      </p>
    </div>
  );
}
