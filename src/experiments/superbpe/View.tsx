import { encodeUtf8 } from '../../core/text/utf8';
import { formatBytes, formatInteger, formatSignificant } from '../../ui/format';
import { Notice } from '../../ui/Notice';
import { Segmented } from '../../ui/Segmented';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import found from '../../views/experiment/pieces.module.css';
import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { LineChart } from '../../views/plot/LineChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { at, fewer, type Result, SIZES, type State } from './experiment';
import { inlineTokens } from './inline';
import type { BothLearned, Learned } from './learn';
import { Superwords } from './Superwords';
import styles from './View.module.css';

/** The transition point, what it saves, the text in tokens, and the same with the paper's own vocabularies. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const learned = result?.learned;
  const here = learned && at(learned, state.t);
  const vocabulary = learned?.vocabulary ?? state.size;
  const pick = (value: number) => onChange({ ...state, t: Math.round(value / 10) * 10 });
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          overChart
          label="Transition point t: merges cross spaces from here on"
          min={0}
          max={10}
          value={state.t / 10}
          marks={[0, 2, 4, 6, 8, 10]}
          nameOf={(tenth) => `${tenth * 10}\u00a0%`}
          say={(tenth) => saidT(tenth * 10, vocabulary)}
          onChange={(tenth) => pick(tenth * 10)}
        />
      </ControlBar>
      {learned && here ? <Saved learned={learned} here={here} /> : null}
      <div className={styles.row}>
        <span className={styles.name}>Size of both vocabularies, T</span>
        <Segmented
          label="Size of both vocabularies, T"
          size="sm"
          options={SIZES.map((size) => ({ value: String(size), label: formatInteger(size) }))}
          value={String(state.size)}
          onChange={(size) => onChange({ ...state, size: SIZES.find((one) => String(one) === size)! })}
        />
      </div>
      {learned && learned.vocabulary < state.size ? (
        <Notice
          tone="info"
          title={`Learning ended at ${formatInteger(learned.vocabulary)} tokens, 256 of them single bytes.`}
        >
          In this text no pair occurs twice any more, so the differences below are of a few tokens and say
          little. Take a longer text, of 50 kB or more.
        </Notice>
      ) : null}
      {learned ? (
        <LineChart
          label={`Per cent fewer tokens than BPE against the transition point, for ${learned.points.length} transition points.`}
          x={{ label: 't, % of the vocabulary', from: 0, to: 100, format: (value) => `${value} %` }}
          y={{ label: '% fewer tokens than BPE' }}
          lines={[
            { id: 'seen', label: 'in what was learned from', points: curve(learned, 'seen') },
            { id: 'unseen', label: 'in every fifth part, kept apart', points: curve(learned, 'unseen') },
          ]}
          at={state.t}
          onPick={pick}
          height={220}
        />
      ) : null}
      <Tokens state={state} result={result} onChange={onChange} />
      {result ? <Compared result={result} here={here} /> : null}
      {result ? <Superwords here={here} published={result.published?.superBpe.measured} /> : null}
    </div>
  );
}

function saidT(share: number, vocabulary: number): string {
  if (share === 100) return 'never: plain BPE';
  const t = Math.round((vocabulary * share) / 100);
  if (t <= 256) return 'at once, from bytes on';
  return `from token ${formatInteger(t)} of ${formatInteger(vocabulary)} on`;
}

function curve({ bpe, points }: BothLearned, which: 'seen' | 'unseen'): [number, number][] {
  return points.flatMap(({ share, learned }) => {
    const saved = fewer(bpe[which], learned[which]);
    return saved === undefined ? [] : [[share, saved] as [number, number]];
  });
}

/** What t does, in a sentence. */
function Saved({ learned, here }: { readonly learned: BothLearned; readonly here: Learned }) {
  const saved = fewer(whole(learned.bpe), whole(here)) ?? 0;
  const size = formatSignificant(Math.abs(saved));
  return (
    <p className={found.result}>
      Learned from this text, SuperBPE needs{' '}
      <strong>
        {size}
        {'\u00a0'}% {saved < 0 ? 'more' : 'fewer'}
      </strong>{' '}
      tokens than BPE: {formatInteger(whole(here).tokens)} instead of{' '}
      {formatInteger(whole(learned.bpe).tokens)}.
      {here.superwords > 0 ? ` ${formatInteger(here.superwords)} of its tokens span several words.` : ''}
    </p>
  );
}

/** The parts that were learned from, and those that were not. */
function whole({ seen, unseen }: Learned): { readonly tokens: number } {
  return { tokens: seen.tokens + unseen.tokens };
}

const NAMES = {
  bpe: 'BPE',
  superbpe: 'SuperBPE',
  'bpe-200k': 'BPE 200k',
  'superbpe-200k': 'SuperBPE 200k',
} as const;

/** The beginning of the text as one of the tokenizers divides it. */
function Tokens({ state, result, onChange }: ViewProps<State, Result>) {
  const { show, t } = state;
  const lengths = result && lengthsOf(result, show, t);
  return (
    <section className={reading.part}>
      <div className={styles.row}>
        <h2>The text in tokens</h2>
        <Segmented
          label="Whose tokens"
          size="sm"
          options={(['bpe', 'superbpe', 'bpe-200k', 'superbpe-200k'] as const).map((value) => ({
            value,
            label: NAMES[value],
          }))}
          value={show}
          onChange={(value) => onChange({ ...state, show: value })}
        />
      </div>
      {result && lengths ? (
        <>
          <InlineTokens
            label={`Tokens of ${NAMES[show]}`}
            tokens={inlineTokens(encodeUtf8(result.excerpt), lengths)}
          />
          <p className={found.why}>
            {formatInteger(lengths.length)} tokens. Filled and underlined are those that hold a space between
            words.
          </p>
        </>
      ) : (
        <p className={found.why}>{result ? 'This vocabulary is still being loaded or learned …' : ''}</p>
      )}
    </section>
  );
}

function lengthsOf(
  { learned, published }: Result,
  show: State['show'],
  t: number,
): readonly number[] | undefined {
  switch (show) {
    case 'bpe':
      return learned.bpe.excerpt;
    case 'superbpe':
      return at(learned, t)?.excerpt;
    case 'bpe-200k':
      return published?.bpe.excerpt;
    case 'superbpe-200k':
      return published?.superBpe.excerpt;
  }
}

interface ComparedProps {
  readonly result: Result;
  readonly here: Learned | undefined;
}

/** Tokens of the whole text, with what was learned here and with what the paper published. */
function Compared({ result, here }: ComparedProps) {
  const { learned, published } = result;
  const saved = (than: { tokens: number }, tokens: { tokens: number }) => {
    const share = fewer(than, tokens);
    return share === undefined
      ? {}
      : { note: `${share < 0 ? '+' : '−'}${formatSignificant(Math.abs(share))} %` };
  };
  const [bpe, superBpe] = [published?.bpe.measured, published?.superBpe.measured];
  const T = formatInteger(learned.vocabulary);
  const own = here ? saved(whole(learned.bpe), whole(here)) : {};
  return (
    <section className={reading.part}>
      <h2>The whole text, and the paper’s own vocabularies</h2>
      <BarChart
        label="Tokens of the text by tokenizer"
        format={(value) => formatInteger(value)}
        bars={[
          { id: 'bpe', label: `BPE, ${T} tokens`, value: whole(learned.bpe).tokens },
          ...(here
            ? [{ id: 'superbpe', label: `SuperBPE, ${T}`, value: whole(here).tokens, isChosen: true, ...own }]
            : []),
          ...(bpe && superBpe
            ? [
                { id: 'bpe-200k', label: 'BPE, 200,000', value: bpe.tokens },
                {
                  id: 'superbpe-200k',
                  label: 'SuperBPE, 200,000',
                  value: superBpe.tokens,
                  ...saved(bpe, superBpe),
                },
              ]
            : []),
        ]}
      />
      <p className={found.why}>{why(result, here)}</p>
    </section>
  );
}

/** Why the figures are not the paper's. */
function why({ learned, published }: Result, here: Learned | undefined): string {
  const { seen, unseen } = learned.bpe;
  const text = formatBytes(seen.bytes + unseen.bytes);
  const saved = here && fewer(whole(learned.bpe), whole(here));
  const official = published && fewer(published.bpe.measured, published.superBpe.measured);
  return [
    saved !== undefined && saved < 33
      ? `A text of ${text} holds few sequences of words often enough to become tokens, so what is learned here gains less than the paper’s vocabularies, which saw 10 GB.`
      : '',
    official !== undefined && official < 33
      ? 'The published ones cross spaces from token 180,000 on; the paper’s 33 % are reached with t = 80,000, on English.'
      : '',
    official !== undefined && official < 15
      ? 'They learned from data that is mostly English: other languages and code gain little.'
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
