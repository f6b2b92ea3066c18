import { assignHues } from '../../core/hues';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import shared from '../../views/experiment/settings.module.css';
import { stepTo } from '../../views/experiment/step-to';
import { LineChart } from '../../views/plot/LineChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { type CurvePoint, curveSizes } from './curves';
import { LARGEST, lzwBound, pointAt, type Result, type State } from './experiment';
import { SourceSettings } from './SourceSettings';
import styles from './View.module.css';

const sources = [
  { value: 'switching', label: 'A source of 0s and 1s' },
  { value: 'text', label: 'Your text' },
] as const;

const MARKS = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

/** Characters measured under which the curve says little. */
const FEW = 4000;

/** What a character costs against the size of the dictionary, with the slider of that size above it. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const known = result?.source === state.source ? result : undefined;
  const most = LARGEST[state.source];
  const least = known && state.source === 'text' ? Math.max(2, Math.min(known.alphabet, most - 1)) : 2;
  const size = Math.min(most, Math.max(least, state.d));
  const sizes = curveSizes(least, most);
  const choose = (d: number) => onChange({ ...state, d: stepTo(sizes, size, Math.round(d)) });
  return (
    <div className={reading.view}>
      <div className={styles.source}>
        <Segmented
          label="What is read"
          options={sources}
          value={state.source}
          onChange={(source) => onChange({ ...state, source })}
        />
        {state.source === 'switching' ? (
          <p className={reading.note}>The text above is read once you choose “Your text”.</p>
        ) : null}
      </div>
      <ControlBar>
        <ControlSlider
          label="Tokens in the dictionary"
          min={least}
          max={most}
          value={size}
          marks={MARKS}
          isLog
          overChart
          say={(d) => `${formatInteger(d)} tokens`}
          onChange={choose}
        />
      </ControlBar>
      {result?.bpe[0] ? (
        <Curves result={result} size={size} onPick={choose} />
      ) : (
        <p className={styles.empty}>
          {result
            ? 'This text is too short to set a part of it aside: paste 100 characters or more.'
            : 'Reading ...'}
        </p>
      )}
      {state.source === 'switching' ? <SourceSettings state={state} onChange={onChange} /> : null}
      <Measured isText={state.source === 'text'} />
    </div>
  );
}

interface CurvesProps {
  readonly result: Result;
  readonly size: number;
  readonly onPick: (size: number) => void;
}

function Curves({ result, size, onPick }: CurvesProps) {
  const isText = result.source === 'text';
  const line = (curve: readonly CurvePoint[]) => curve.map((point) => [point.size, point.loss] as const);
  const at = pointAt(result.bpe, size)!;
  const none = result.bpe[0]!;
  return (
    <>
      <LineChart
        label="Bits per character of a unigram model against tokens in the dictionary, for BPE and LZW tokens"
        x={{ label: 'tokens in the dictionary', isLog: true, from: none.size, to: LARGEST[result.source] }}
        y={{ label: 'bits per character', from: 0 }}
        height={280}
        lines={[
          { id: 'bpe', label: 'BPE tokens', points: line(result.bpe) },
          { id: 'lzw', label: 'LZW tokens', points: line(result.lzw) },
        ]}
        rules={[
          { label: `no tokens, ${formatSignificant(none.loss)}`, y: none.loss },
          {
            label: `${isText ? 'first-order entropy' : 'entropy rate'}, ${formatSignificant(result.entropyRate)}`,
            y: result.entropyRate,
            isBelow: true,
          },
        ]}
        at={Math.max(none.size, size)}
        onPick={onPick}
      />
      <p className={shared.finding}>
        <Finding result={result} at={at} none={none} />
      </p>
      <div>
        <h3 className={styles.heading}>
          How {formatInteger(at.size)} BPE tokens divide the beginning of what is measured
        </h3>
        <InlineTokens label="BPE tokens" tokens={tokensOf(result.opening, at.opening)} />
      </div>
      <p className={reading.note}>
        <Guarantee result={result} size={size} />
      </p>
    </>
  );
}

function Finding({ result, at, none }: { result: Result; at: CurvePoint; none: CurvePoint }) {
  const cost = `With ${formatInteger(at.size)} tokens, a character costs ${formatSignificant(at.loss)} bits`;
  if (at.size === none.size)
    return <>{cost}: every token is one character, and the model sees nothing of what it follows.</>;
  if (none.loss === 0) return <>{cost}: there is only one character, and nothing to predict.</>;
  const change = Math.abs(at.loss / none.loss - 1);
  const percent = `${formatSignificant(100 * change)} %`;
  if (at.loss >= none.loss) {
    return (
      <>
        {cost}, {percent} <strong>more than without tokens</strong>. The model keeps probability for divisions
        that never happen, such as the parts of a token side by side, and the tokens are too few to make up
        for it.
      </>
    );
  }
  const above = result.entropyRate > 0 ? at.loss / result.entropyRate - 1 : 0;
  if (result.source === 'text' && above < 0) {
    return (
      <>
        {cost}, {percent} less than without tokens, and less than a model would need that knows one character
        before. A text remembers more than a chain of the first order, and so does a token.
      </>
    );
  }
  return (
    <>
      {cost}: {percent} <strong>less than without tokens</strong>, and {formatSignificant(100 * above)} %
      above {result.source === 'text' ? 'the first-order entropy' : 'the least that any model can reach'}.
    </>
  );
}

/** What a reader must know before the curve is believed. */
function Guarantee({ result, size }: { result: Result; size: number }) {
  if (result.source === 'text') {
    return result.measured < FEW ? (
      <>
        This text is short: {formatInteger(result.measured)} characters are measured, and many tokens are too
        rare for their frequency to be known. Where the curve rises again, that is why.
      </>
    ) : (
      <>
        The paper is about sources whose memory is short; a text has {formatInteger(result.alphabet)}{' '}
        characters and a long memory. Where a curve rises again, its tokens are too rare in this text for
        their frequency to be known.
      </>
    );
  }
  const bound = lzwBound(result, size);
  return bound === undefined || bound >= result.bpe[0]!.loss ? (
    <>The guarantee for LZW says nothing yet at this size: it is above the loss without tokens.</>
  ) : (
    <>
      LZW is guaranteed to stay under {formatSignificant(bound)} bits at this size (the constants of this
      bound are recalled, not checked against the paper).
    </>
  );
}

function Measured({ isText }: { isText: boolean }) {
  return (
    <More summary="How it is measured">
      <p>
        The model is a unigram model: it knows how often each token occurs, and nothing of what comes before.
        Its loss is what it pays in bits for the tokens of a text, divided by the characters of that text, so
        that dictionaries of different sizes compare.
      </p>
      <p>
        {isText
          ? 'Every fifth stretch of 500 characters (less in a short text) is set aside. Tokens and their frequencies are learned from the others; the loss is measured on those set aside. The first-order entropy is what the whole text says of a character once the one before it is known.'
          : 'Tokens and their frequencies are learned from 200,000 symbols; the loss is measured on 50,000 fresh ones of the same source. The entropy rate is exact.'}
      </p>
      <p>A token never seen while learning counts as half a time, so that it has a probability.</p>
    </More>
  );
}

/** @param lengths characters of each token */
function tokensOf(opening: string, lengths: readonly number[]) {
  const characters = [...opening];
  const texts: string[] = [];
  let from = 0;
  for (const length of lengths) {
    texts.push(characters.slice(from, from + length).join(''));
    from += length;
  }
  const ids = new Map<string, number>();
  for (const text of texts) if (!ids.has(text)) ids.set(text, ids.size);
  const hues = assignHues(texts.map((text) => ids.get(text)!));
  return texts.map((text, i) => ({ text, hue: hues[i]! }));
}
