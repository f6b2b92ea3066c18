import { useId, useMemo } from 'react';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { LineChart } from '../../views/plot/LineChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import type { Boundary } from './boundary';
import { curveOfMean, curvePoints, pieceText, tokensAfter } from './drawing';
import { bases, lengthAfter, type Result, type State, savedBy } from './experiment';
import { languages } from './languages';
import styles from './View.module.css';

const boundaryOptions: readonly { value: Boundary; label: string }[] = [
  { value: 'word', label: 'word' },
  { value: 'word-hyphen', label: 'word, hyphen' },
  { value: 'pretokens', label: 'pretokens' },
  { value: 'sentence', label: 'sentence' },
];

const BOUNDARY_NOTES: Readonly<Record<Boundary, string>> = {
  word: 'A token may not hold a space after its first letter. Punctuation may join the word before it.',
  'word-hyphen': 'As “word”, but of all punctuation only a hyphen may join the word before it.',
  pretokens:
    'A token may not be more than one piece of what the base tokenizer cuts a text into before it merges.',
  sentence: 'Anything within a line may become one token, spaces included.',
};

/** Numbers of merges on the slider's scale. */
const MARKS = [0, 1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 20_000];

/** Merges listed before and after the present one. */
const LISTED = 5;

/** The text as it is after so many merges, the curve of its length, and the same for fifteen languages. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const base = useId();
  const merges = result ? result.merged.lefts.length : 0;
  const m = Math.min(state.m, merges);
  const settings = (
    <div className={styles.settings}>
      <label htmlFor={base}>Base tokenizer</label>
      <Select
        id={base}
        value={state.base}
        options={bases.map(({ id, label }) => ({ id, name: label }))}
        onChange={(id) => onChange({ ...state, base: id })}
      />
      <span>A merge stays within a</span>
      <Segmented
        label="A merge stays within a"
        options={boundaryOptions}
        value={state.boundary}
        onChange={(boundary) => onChange({ ...state, boundary })}
        size="sm"
      />
      <p className={reading.note}>{BOUNDARY_NOTES[state.boundary]}</p>
    </div>
  );
  return (
    <div className={reading.view}>
      {settings}
      <ControlBar>
        {/* One more than the number, which is 0 at first: the scale is logarithmic. */}
        <ControlSlider
          label="Merges"
          min={1}
          max={merges + 1}
          value={m + 1}
          marks={MARKS.filter((mark) => mark < merges * 0.6)
            .map((mark) => mark + 1)
            .concat(merges + 1)}
          isLog
          say={(value) => (value === 2 ? '1 merge' : `${formatInteger(value - 1)} merges`)}
          nameOf={(mark) => formatInteger(mark - 1)}
          onChange={(value) => onChange({ ...state, m: value - 1 })}
        />
      </ControlBar>
      {result ? <Shown result={result} m={m} onPick={(value) => onChange({ ...state, m: value })} /> : null}
    </div>
  );
}

interface ShownProps {
  readonly result: Result;
  readonly m: number;
  readonly onPick: (m: number) => void;
}

function Shown({ result, m, onPick }: ShownProps) {
  const { merged, drawn } = result;
  const tokens = useMemo(() => tokensAfter(drawn, m), [drawn, m]);
  const lines = useMemo(() => {
    const mean = curveOfMean(result.languages.slice(1));
    return [
      { id: 'own', label: 'this text', points: curvePoints(merged.lengths) },
      ...(mean ? [{ id: 'mean', label: 'mean of 14 languages of the Declaration', points: mean }] : []),
    ];
  }, [merged, result.languages]);
  const before = merged.lengths[0]!;
  const after = lengthAfter(merged.lengths, m);
  if (before === 0) return <p>There is no text. Write or paste some above.</p>;
  return (
    <>
      <p className={styles.sentence}>
        <strong>
          {formatInteger(before)} tokens, now {formatInteger(after)}
        </strong>
        {m > 0 ? `: ${formatSignificant(savedBy(merged.lengths, m)!)} % shorter. ` : ': no merge yet. '}
        {m > 0 ? <LastMerge merged={merged} m={m} /> : null}
      </p>
      <InlineTokens
        label={`The text after ${m} merges; new tokens are bold and underlined`}
        tokens={tokens}
      />
      {merged.lefts.length > 0 ? (
        <LineChart
          label="How much shorter the sequences get with each merge"
          x={{ label: 'merges', isLog: true, from: 1 }}
          y={{ label: '% shorter', from: 0 }}
          lines={lines}
          rules={[{ label: 'paper: 20 %', y: 20 }]}
          at={Math.max(1, m)}
          onPick={(x) => onPick(Math.min(merged.lefts.length, Math.max(1, Math.round(x))))}
        />
      ) : null}
      <p className={reading.note}>
        The paper stops where its models lose accuracy, at about a fifth. Lengths alone do not say where that
        is, so the slider goes on to the end of the curve.
      </p>
      <More summary="Which merges come here">
        <MergeList merged={merged} m={m} />
      </More>
      <Languages curves={result.languages} m={m} />
    </>
  );
}

function LastMerge({ merged, m }: { readonly merged: Result['merged']; readonly m: number }) {
  const left = pieceText(merged.names[merged.lefts[m - 1]!]!);
  const right = pieceText(merged.names[merged.rights[m - 1]!]!);
  const count = merged.counts[m - 1]!;
  return (
    <>
      Merge {formatInteger(m)} joined <code>{left}</code> and <code>{right}</code>
      {count === 1 ? ' at one place.' : ` at ${formatInteger(count)} places.`}
    </>
  );
}

function MergeList({ merged, m }: { readonly merged: Result['merged']; readonly m: number }) {
  const from = Math.max(1, m - LISTED);
  const to = Math.min(merged.lefts.length, Math.max(m, 1) + LISTED);
  return (
    <ol className={styles.merges} start={from}>
      {Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).map((at) => (
        <li key={at} aria-current={at === m || undefined}>
          <span className={styles.number}>{formatInteger(at)}</span>
          <code>{pieceText(merged.names[merged.lefts[at - 1]!]!)}</code> +{' '}
          <code>{pieceText(merged.names[merged.rights[at - 1]!]!)}</code>
          <span className={styles.count}>
            {merged.counts[at - 1] === 1 ? 'once' : `${formatInteger(merged.counts[at - 1]!)} times`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Languages({ curves, m }: { readonly curves: Result['languages']; readonly m: number }) {
  if (curves.length === 0) return null;
  const bars = curves.map((lengths, i) => ({
    id: languages[i]!.code,
    label: languages[i]!.name,
    value: savedBy(lengths, m)!,
    note: `${formatInteger(lengths[0]!)} → ${formatInteger(lengthAfter(lengths, m))}`,
  }));
  return (
    <More summary={<>The Declaration of Human Rights in {curves.length} languages</>}>
      <p className={reading.note}>
        How much shorter each translation gets with the same number of merges, and its tokens before and
        after. Each language is a batch of its own.
      </p>
      <BarChart
        label={`Shorter by, after ${m} merges, by language`}
        bars={bars}
        format={(value) => `${formatSignificant(value)} %`}
        most={100}
      />
    </More>
  );
}
