import { useId } from 'react';
import { findTextTokenizer } from '../../catalog/tokenizers';
import { formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { More } from '../../views/experiment/More';
import below from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import type { ViewProps } from '../experiment';
import { ColumnAddition } from './ColumnAddition';
import {
  alignmentsOf,
  formatOf,
  type Result,
  type State,
  share,
  type TokenizerId,
  tokenizers,
  totalsOf,
} from './experiment';
import { group } from './grouping';
import { Published } from './Published';
import styles from './View.module.css';

/** The grouping; below it a sum in columns with its tokens, and how much of all sums lines up under each tokenizer. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const { grouping, separator, tokenizer } = state;
  const options = [
    { value: 'none', label: '1234567' },
    { value: 'left', label: group('1234567', 'left', separator) },
    { value: 'right', label: group('1234567', 'right', separator) },
  ] as const;
  return (
    <div className={below.view}>
      <ControlBar>
        <div className={styles.control}>
          <span className={styles.name}>Digits are grouped</span>
          <Segmented
            label="How digits are grouped: not, from the left, from the right"
            options={options}
            value={grouping}
            onChange={(value) => onChange({ ...state, grouping: value })}
          />
          <span className={styles.hint}>{hints[grouping]}</span>
        </div>
      </ControlBar>
      {result?.sums.length === 0 ? (
        <p className={styles.nothing}>
          There is no sum of whole numbers in this text. Write one a line, such as <code>1234567+89=</code>
        </p>
      ) : (
        <>
          <Drawn state={state} result={result} onChange={onChange} />
          <section className={styles.section} aria-labelledby="tokenization-counts-all">
            <h3 id="tokenization-counts-all">
              Digits that line up in all {result?.sums.length ?? '…'} sums, by tokenizer
            </h3>
            <BarChart
              label="Digits that line up, by tokenizer"
              most={100}
              format={(value) => `${formatSignificant(value)} %`}
              bars={(result?.readings ?? []).map(({ id }) => {
                const { all } = totalsOf(result!, id, grouping, separator);
                const value = share(all.agreeing, all.places) ?? 0;
                return { id, label: labelOf(id), value, isChosen: id === tokenizer };
              })}
            />
          </section>
          {result ? (
            <More summary="What models got right, as published">
              <Published state={state} result={result} />
            </More>
          ) : null}
        </>
      )}
      <More summary="What stands between groups">
        <Segmented
          label="What stands between groups"
          options={[
            { value: 'comma', label: 'Commas' },
            { value: 'space', label: 'Spaces' },
          ]}
          value={separator}
          onChange={(value) => onChange({ ...state, separator: value })}
        />
      </More>
    </div>
  );
}

const hints = {
  none: 'as they are: each tokenizer cuts in its own way',
  left: 'in threes from the left',
  right: 'in threes from the right, as people write them',
} as const;

/** One sum with its tokens, and what is to be seen there. */
function Drawn({ state, result, onChange }: ViewProps<State, Result>) {
  const [sumId, tokenizerId] = [useId(), useId()];
  const { grouping, separator, tokenizer } = state;
  const sums = result?.sums ?? [];
  const index = Math.min(state.sum, sums.length) - 1;
  const sum = sums[index];
  const reading = result?.readings.find(({ id }) => id === tokenizer)?.readings[
    formatOf(grouping, separator)
  ]?.[index];
  const alignment = result && alignmentsOf(result, tokenizer, grouping, separator)[index];
  return (
    <section className={styles.section}>
      <div className={styles.pickers}>
        <label htmlFor={sumId}>Sum</label>
        <Select
          id={sumId}
          value={String(index + 1)}
          options={sums.map(({ operands }, i) => ({ id: String(i + 1), name: operands.join(' + ') }))}
          onChange={(id) => onChange({ ...state, sum: Number(id) })}
        />
        <label htmlFor={tokenizerId}>Tokens of</label>
        <Select
          id={tokenizerId}
          value={tokenizer}
          options={tokenizers.map((id) => ({ id, name: labelOf(id) }))}
          onChange={(id) => onChange({ ...state, tokenizer: id as TokenizerId })}
        />
      </div>
      <div className={styles.picture}>
        {sum && reading && alignment ? (
          <>
            <ColumnAddition
              sum={sum}
              reading={reading}
              alignment={alignment}
              grouping={grouping}
              separator={separator}
            />
            <p className={below.text}>
              {sentence(alignment.places, alignment.operandTokens, sum.operands.length)}
            </p>
            {sum.stated === undefined ? null : (
              <p className={below.text}>
                The text says {sum.stated}; the sum is {sum.result}.
              </p>
            )}
          </>
        ) : null}
      </div>
      <p className={styles.legend}>
        A box is a token, small digits above are carries. ✓ the digit has the same place in its token in every
        number; ≠ it has not.
      </p>
    </section>
  );
}

function sentence(places: readonly (boolean | undefined)[], operandTokens: number, operands: number): string {
  const compared = places.filter((place) => place !== undefined);
  const same = compared.filter(Boolean).length;
  const start =
    same === compared.length ? 'Every digit lines up' : `${same} of ${compared.length} digits line up`;
  const least = operands === 2 ? 'two where everything lines up' : `${operands} where everything lines up`;
  return `${start}. To write one token of the result, a model has to read ${formatSignificant(operandTokens)} tokens of the operands on average; at most ${least}.`;
}

function labelOf(id: string): string {
  const entry = findTextTokenizer(id)!;
  return entry.models ? `${entry.label} · ${entry.models[0]}` : entry.label;
}
