import { useId } from 'react';
import { findTextTokenizer } from '../../catalog/tokenizers';
import { assignHues } from '../../core/hues';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import below from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { LineChart } from '../../views/plot/LineChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { type Damage, general, MOST_NOISE, type Result, type State, saving, tokenizers } from './experiment';
import { TermTable } from './TermTable';
import styles from './View.module.css';

/** The rate of damage; below it the damaged text under two tokenizers, and how far boundaries agree by rate. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const againstId = useId();
  const point = result?.curve[state.rate];
  const other = tokenizers.indexOf(state.against);
  return (
    <div className={below.view}>
      <ControlBar>
        <ControlSlider
          label="Misread letters"
          min={0}
          max={MOST_NOISE}
          value={state.rate}
          marks={[0, 5, 10, 15, 20]}
          say={(value) => `${value} of 100`}
          onChange={(rate) => onChange({ ...state, rate })}
        />
      </ControlBar>
      <section className={below.part}>
        <Drawn id="kl3m-char-8k" damage={point?.tokenizers[0]} />
        <Drawn id={state.against} damage={point?.tokenizers[other]} />
        <p className={styles.legend}>
          The beginning of the damaged text. Underlined: a token that the clean text has not at this place.
        </p>
        <div className={styles.pickers}>
          <label htmlFor={againstId}>Compared with</label>
          <Select
            id={againstId}
            value={state.against}
            options={general.map((id) => ({ id, name: labelOf(id) }))}
            onChange={(id) => onChange({ ...state, against: id as State['against'] })}
          />
        </div>
      </section>
      <section className={below.part} aria-labelledby="kl3m-agreement">
        <h3 id="kl3m-agreement">Boundaries of the clean and the damaged text that agree</h3>
        <LineChart
          label="Agreement of boundaries by misread letters, a line a tokenizer"
          x={{ label: 'misread letters, %', from: 0, to: MOST_NOISE }}
          y={{ label: '%', to: 100 }}
          at={state.rate}
          onPick={(x) => onChange({ ...state, rate: Math.round(x) })}
          lines={tokenizers.map((id, i) => ({
            id,
            label: labelOf(id),
            points: (result?.curve ?? []).map(({ tokenizers: each }, rate) => [
              rate,
              each[i]?.agreement ?? Number.NaN,
            ]),
          }))}
        />
        {point ? <DamageTable point={point.tokenizers} /> : null}
      </section>
      {result ? <WholeText result={result} against={state.against} /> : null}
    </div>
  );
}

function Drawn({ id, damage }: { readonly id: string; readonly damage: Damage | undefined }) {
  const tokens = damage?.drawn ?? [];
  const names = [...new Set(tokens.map(({ text }) => text))];
  const hues = assignHues(tokens.map(({ text }) => names.indexOf(text)));
  return (
    <div className={below.part}>
      <h3>{labelOf(id)}</h3>
      <InlineTokens
        label={`${labelOf(id)}, tokens of the damaged text`}
        tokens={tokens.map(({ text, isIntact }, i) => ({
          text,
          hue: hues[i]!,
          ...(isIntact ? {} : { emphasis: 'strong' as const, note: 'not in the clean text' }),
        }))}
      />
    </div>
  );
}

/** What happens to boundaries at the present rate. */
function DamageTable({ point }: { readonly point: readonly Damage[] }) {
  return (
    <>
      <div className={below.scroll}>
        <table className={below.table}>
          <thead>
            <tr>
              <th scope="col">Tokenizer</th>
              <th scope="col">stay</th>
              <th scope="col">new ones</th>
              <th scope="col">agree</th>
              <th scope="col">letters touched, a misread one</th>
            </tr>
          </thead>
          <tbody>
            {point.map(({ kept, added, agreement, spread }, i) => (
              <tr key={tokenizers[i]}>
                <th scope="row">{labelOf(tokenizers[i]!)}</th>
                <td>{percent(kept)}</td>
                <td>{added === undefined ? '–' : `+${percent(added)}`}</td>
                <td>{percent(agreement)}</td>
                <td>{spread === undefined ? '–' : formatSignificant(spread)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={below.text}>
        Whole words keep nearly all of their boundaries, more than three-letter tokens do: most are at spaces,
        and a wrong letter leaves the spaces around its word alone. But a misread word falls to pieces, with
        new boundaries in it. To agree is to do neither: the harmonic mean of both directions.
      </p>
    </>
  );
}

/** Tokens of the clean text, and of its terms. */
function WholeText({ result, against }: { readonly result: Result; readonly against: State['against'] }) {
  const words = tokenizers.indexOf('kl3m-32k');
  const tokens = result.tokens[words]!;
  const spaces = result.spaces[words]!;
  const less = saving(result.tokens, against);
  return (
    <section className={below.part} aria-labelledby="kl3m-tokens">
      <h3 id="kl3m-tokens">Tokens of the clean text, {formatInteger(result.length)} characters</h3>
      <BarChart
        label="Tokens by tokenizer"
        format={formatInteger}
        bars={tokenizers.map((id, i) => ({
          id,
          label: labelOf(id),
          value: result.tokens[i]!,
          isChosen: id === 'kl3m-32k' || id === 'kl3m-char-8k',
        }))}
      />
      {less !== undefined && less < 9 ? (
        <p className={below.text}>
          The paper’s saving is not to be seen here, for two reasons. Its number is of a vocabulary four times
          as large as KL3M 32k. And in the published file of KL3M 32k a single space is a token that was added
          by hand, so no word takes its space with it: {formatInteger(spaces)} of its {formatInteger(tokens)}{' '}
          tokens here are spaces. Without them there would be {formatInteger(tokens - spaces)}.
        </p>
      ) : null}
      <More summary={<>Terms of law and finance in this text ({result.terms.length})</>}>
        <TermTable terms={result.terms} against={against} />
      </More>
    </section>
  );
}

function labelOf(id: string): string {
  const entry = findTextTokenizer(id)!;
  return entry.models ? `${entry.label} · ${entry.models[0]}` : entry.label;
}

function percent(value: number | undefined): string {
  return value === undefined ? '–' : `${formatSignificant(value)} %`;
}
