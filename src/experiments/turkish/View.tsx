import { useId } from 'react';
import { findTextTokenizer } from '../../catalog/tokenizers';
import { assignHues } from '../../core/hues';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { More } from '../../views/experiment/More';
import below from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { pureShare, type Reading, type Result, type State, tokenizers, turkishShare } from './experiment';
import { Published } from './Published';
import styles from './View.module.css';

/** What is counted; below it the text's tokens by what they are, and the shares by tokenizer. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const pickerId = useId();
  const reading = result?.readings.find(({ id }) => id === state.tokenizer);
  return (
    <div className={below.view}>
      <ControlBar>
        <div className={styles.control}>
          <span className={styles.name}>Count</span>
          <Segmented
            label="Which tokens are counted"
            options={[
              { value: 'unique', label: 'Each different token once' },
              { value: 'all', label: 'Every token' },
            ]}
            value={state.count}
            onChange={(count) => onChange({ ...state, count })}
          />
        </div>
      </ControlBar>
      <section className={below.part}>
        <div className={styles.pickers}>
          <label htmlFor={pickerId}>Tokens of</label>
          <Select
            id={pickerId}
            value={state.tokenizer}
            options={tokenizers.map((id) => ({ id, name: labelOf(id) }))}
            onChange={(id) => onChange({ ...state, tokenizer: id as State['tokenizer'] })}
          />
        </div>
        <div className={styles.picture}>
          <Drawn reading={reading} />
        </div>
        <p className={styles.legend}>
          <strong>Underlined</strong>: a root or an ending, nothing else. Filled: another Turkish word, a root
          with an ending. Outlined: neither, such as a piece of a root, a number or a comma.
        </p>
      </section>
      <Shares
        title="Turkish tokens, %TR"
        result={result}
        state={state}
        shareOf={(each) => turkishShare(each[state.count])}
      />
      <Shares
        title="Roots and endings alone, %Pure"
        result={result}
        state={state}
        shareOf={(each) => pureShare(each[state.count])}
      />
      {result ? <Published state={state} result={result} labelOf={labelOf} /> : null}
      <More summary="Where the list of roots and endings is from">
        <p className={below.text}>
          {formatInteger(result?.roots ?? 0)} roots and {formatInteger(result?.endings ?? 0)} endings,
          compiled from the spelling dictionary dictionary-tr 2.0.0 (Harun Reşit Zafer, MIT). A root is an
          entry that takes at least 10 of its affix rules, or a short one such as ve or acaba. An ending is a
          suffix of its rules, single or a chain, or what follows at least 100 roots. A word is Turkish where
          it is a root, an ending, or a root with one ending in vowel harmony: 93 % of the word forms in three
          Turkish treebanks are, and 8 % of the words of Alice in Wonderland in English.
        </p>
      </More>
    </div>
  );
}

function Drawn({ reading }: { readonly reading: Reading | undefined }) {
  const drawn = reading?.drawn ?? [];
  const names = [...new Set(drawn.map(({ text }) => text))];
  const hues = assignHues(drawn.map(({ text }) => names.indexOf(text)));
  return (
    <InlineTokens
      label="The beginning of the text, token by token"
      tokens={drawn.map(({ text, kind }, i) => ({
        text,
        ...(kind === 'other' ? { emphasis: 'muted' as const } : { hue: hues[i]! }),
        ...(kind === 'pure' ? { emphasis: 'strong' as const, note: 'root or ending' } : {}),
      }))}
    />
  );
}

interface SharesProps {
  readonly title: string;
  readonly result: Result | undefined;
  readonly state: State;
  readonly shareOf: (reading: Reading) => number | undefined;
}

function Shares({ title, result, state, shareOf }: SharesProps) {
  const id = useId();
  return (
    <section className={below.part} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <BarChart
        label={title}
        most={100}
        format={(value) => `${formatSignificant(value)} %`}
        bars={(result?.readings ?? []).map((reading) => ({
          id: reading.id,
          label: labelOf(reading.id),
          value: shareOf(reading) ?? 0,
          isChosen: reading.id === state.tokenizer,
        }))}
      />
    </section>
  );
}

function labelOf(id: string): string {
  const entry = findTextTokenizer(id)!;
  return entry.models ? `${entry.label} · ${entry.models[0]}` : entry.label;
}
