import { useId } from 'react';
import type { VocabularyFacts } from '../../../../engine/text/vocabulary.api';
import { TOKEN_KINDS } from '../../../../tokenizers/inspection/select-tokens';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { NumberField } from '../../../../ui/NumberField';
import { Segmented } from '../../../../ui/Segmented';
import { Select } from '../../../../ui/Select';
import type { LabTokenizer } from '../../lab-tokenizers';
import { DEFAULTS, FIND_LIMIT, type Settings } from './settings';
import styles from './Vocabulary.module.css';
import { KIND_WORDS, setOptions } from './words';

const SEARCHES = [
  { value: 'text', label: 'Text' },
  { value: 'regex', label: 'Regex' },
  { value: 'id', label: 'Id' },
  { value: 'bytes', label: 'Bytes' },
] as const;

const EXAMPLES = { text: 'token', regex: '^ ?[0-9]+$', id: '464 or 100-199', bytes: 'E2 96' } as const;

const ORDERS = [
  { id: 'set', name: 'In order' },
  { id: 'longest', name: 'Longest first' },
  { id: 'shortest', name: 'Shortest first' },
];

export interface FiltersProps {
  readonly settings: Settings;
  readonly set: (changes: Partial<Settings>) => void;
  readonly tokenizers: readonly LabTokenizer[];
  readonly tokenizer: LabTokenizer;
  readonly other: LabTokenizer | undefined;
  readonly facts: VocabularyFacts | undefined;
}

/** Which vocabulary, and which of its tokens. */
export function Filters({ settings, set, tokenizers, tokenizer, other, facts }: FiltersProps) {
  const field = useId();
  const { by, find, kinds, script, min, max } = settings;
  const isFiltered =
    find !== '' || script !== '' || kinds.length > 0 || min > 0 || max > 0 || settings.set !== 'all';
  return (
    <div className={styles.filters}>
      <div className={styles.line}>
        <Chosen label="Vocabulary of">
          {(id) => (
            <Select
              id={id}
              value={tokenizer.id}
              options={tokenizers.map(({ id, label }) => ({ id, name: label }))}
              onChange={(of) =>
                set({ of, token: -1, script: '', other: of === settings.other ? '' : settings.other })
              }
            />
          )}
        </Chosen>
        <Chosen label="compared with">
          {(id) => (
            <Select
              id={id}
              value={other?.id ?? ''}
              options={[
                { id: '', name: 'none' },
                ...tokenizers
                  .filter(({ id }) => id !== tokenizer.id)
                  .map(({ id, label }) => ({ id, name: label })),
              ]}
              onChange={(next) =>
                set({
                  other: next,
                  set:
                    next === '' && ['shared', 'moved', 'only'].includes(settings.set) ? 'all' : settings.set,
                })
              }
            />
          )}
        </Chosen>
      </div>
      <div className={styles.line}>
        <Segmented
          label="Search by"
          size="sm"
          options={SEARCHES}
          value={by}
          onChange={(next) => set({ by: next })}
        />
        <label htmlFor={field} className="visually-hidden">
          Search the vocabulary
        </label>
        <input
          id={field}
          className={styles.search}
          value={find}
          maxLength={FIND_LIMIT}
          placeholder={EXAMPLES[by]}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => set({ find: event.currentTarget.value })}
        />
      </div>
      <div className={styles.line}>
        <Chosen label="Show">
          {(id) => (
            <Select
              id={id}
              value={settings.set}
              options={setOptions(other?.label)}
              onChange={(next) => set({ set: next as Settings['set'] })}
            />
          )}
        </Chosen>
        <Chosen label="Order">
          {(id) => (
            <Select
              id={id}
              value={settings.order}
              options={ORDERS}
              onChange={(next) => set({ order: next as Settings['order'] })}
            />
          )}
        </Chosen>
        <Chosen label="Script">
          {(id) => (
            <Select
              id={id}
              value={script}
              options={[
                { id: '', name: 'all' },
                ...(facts?.scripts ?? []).map(({ name, count }) => ({
                  id: name,
                  name: `${name} (${formatInteger(count)})`,
                })),
                ...(facts || script === '' ? [] : [{ id: script, name: script }]),
              ]}
              onChange={(next) => set({ script: next })}
            />
          )}
        </Chosen>
        {/* Until the longest token is known, there is nothing to choose from. */}
        <span
          className={styles.chosen}
          style={facts || min > 0 || max > 0 ? undefined : { visibility: 'hidden' }}
        >
          Bytes
          <NumberField
            id={`${field}-min`}
            label="Fewest bytes"
            className={styles.number}
            value={Math.max(1, min)}
            min={1}
            max={65_535}
            onChange={(next) => set({ min: next === 1 ? 0 : next })}
          />
          to
          <NumberField
            id={`${field}-max`}
            label="Most bytes"
            className={styles.number}
            value={max || (facts?.longest ?? 1)}
            min={1}
            max={65_535}
            onChange={(next) => set({ max: next >= (facts?.longest ?? 65_535) ? 0 : next })}
          />
        </span>
      </div>
      <fieldset className={styles.kinds} aria-label="Only tokens of these kinds">
        {[...TOKEN_KINDS].reverse().map((kind) => {
          const count = facts?.kinds[kind];
          const isOn = kinds.includes(kind);
          return (
            <Button
              key={kind}
              size="sm"
              pressed={isOn}
              disabled={count === 0 && !isOn}
              onClick={() => set({ kinds: isOn ? kinds.filter((one) => one !== kind) : [...kinds, kind] })}
            >
              {`${KIND_WORDS[kind].filter}${count === undefined ? '' : ` ${formatInteger(count)}`}`}
            </Button>
          );
        })}
        {isFiltered ? (
          <Button
            size="sm"
            variant="quiet"
            onClick={() =>
              set({ ...DEFAULTS, of: settings.of, other: settings.other, by, order: settings.order })
            }
          >
            Show all tokens
          </Button>
        ) : null}
      </fieldset>
    </div>
  );
}

function Chosen({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (id: string) => React.ReactNode;
}) {
  const id = useId();
  return (
    <span className={styles.chosen}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}
