import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import { LineChart } from '../../views/plot/LineChart';
import { type InlineToken, InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { type Result, SHARES, type ShownWord, type SizeResult, type State, weights } from './experiment';
import { SIZES, termTypes } from './types';
import styles from './View.module.css';

/** Fills that are far apart, for drug, disorder and anatomy. */
const HUES = [3, 5, 1] as const;
const weightOptions = weights.map((weight) => ({
  value: weight,
  label: weight === 'tokens' ? 'once for each token' : 'as often as in BERT’s subwords',
}));
const NAMES = { drug: 'Drugs', disorder: 'Disorders', anatomy: 'Anatomy' } as const;

/** The text in subwords coloured by type, and the classifier's learning curve, for a size of the type vocabularies. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const at = SIZES.indexOf(state.pieces);
  const size = result?.sizes[at];
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          label="New subwords for each type"
          min={0}
          max={SIZES.length - 1}
          value={at}
          marks={[...SIZES.keys()]}
          nameOf={(place) => String(SIZES[place])}
          say={(place) => `${formatInteger(SIZES[place]!)} of drugs, of disorders and of anatomy`}
          onChange={(place) => onChange({ ...state, pieces: SIZES[place]! })}
        />
      </ControlBar>
      {result && size ? (
        <Picture result={result} size={size} state={state} onChange={onChange} />
      ) : (
        <p>The text is being divided.</p>
      )}
    </div>
  );
}

interface PictureProps {
  readonly result: Result;
  readonly size: SizeResult;
  readonly state: State;
  readonly onChange: (state: State) => void;
}

function Picture({ result, size, state, onChange }: PictureProps) {
  const { mean, error } = size.difference;
  const isSure = Math.abs(mean) > 2 * error;
  return (
    <>
      <ul className={styles.legend} aria-label="Words by type">
        {termTypes.map((type, i) => (
          <li key={type}>
            <InlineTokens label={type} tokens={[{ text: NAMES[type], hue: HUES[i]! }]} />
            <span className="mono">{formatInteger(size.byType[i]!)}</span>
          </li>
        ))}
        <li>outlined: BERT’s own subwords</li>
      </ul>
      <InlineTokens label="Subwords of the text’s beginning" tokens={inlineTokens(size.shown)} limit={600} />
      <LineChart
        label="How many passages the classifier labels rightly, by the share of training texts it has seen"
        x={{ label: 'training texts, %', from: 0, to: 100 }}
        y={{ label: 'labelled rightly, %' }}
        lines={[
          {
            id: 'types',
            label: 'With types',
            points: SHARES.map((share, i) => [share, 100 * size.curve[i]!]),
          },
          {
            id: 'base',
            label: 'BERT’s subwords alone',
            points: SHARES.map((share, i) => [share, 100 * result.baseCurve[i]!]),
          },
        ]}
      />
      <div className={styles.weight}>
        <span aria-hidden="true">A term counts</span>
        <Segmented
          label="A term counts"
          options={weightOptions}
          value={state.weight}
          onChange={(weight) => onChange({ ...state, weight })}
          size="sm"
        />
      </div>
      <p className={reading.note}>
        On all training texts the difference is {signed(100 * mean)} ± {formatSignificant(100 * error)} points
        (mean and standard error over the draws){isSure ? '' : ', so it may be chance'}.{' '}
        {why(mean, error, state.weight)}
      </p>
      <More
        summary={
          <>Words of this text that types take, and the pieces from which the paper starts their vectors</>
        }
      >
        {size.listed.length === 0 ? <p>None at this size.</p> : null}
        <ul className={styles.listed}>
          {size.listed.map(({ type, pieces, base }) => (
            <li key={pieces.join('')}>
              <InlineTokens
                label={`In subwords of ${termTypes[type]!}`}
                tokens={pieces.map((text) => ({ text, hue: HUES[type]! }))}
              />
              <span>from</span>
              <InlineTokens label="In BERT’s subwords" tokens={base.map((text) => ({ text }))} />
            </li>
          ))}
        </ul>
      </More>
      <More summary="What the classifier learns from">
        <p>
          {formatInteger(result.texts)} passages about {result.labels.join('; ')}: from MedQuAD (Ben Abacha
          and Demner-Fushman, 2019; CC BY 4.0). Each draw keeps a third of the diseases for testing. The visit
          note is a made-up one of ACI-Bench (Yim et al., 2023; CC BY 4.0).
        </p>
      </More>
    </>
  );
}

function why(mean: number, error: number, weight: State['weight']): string {
  if (mean > 2 * error) return 'Rare terms become tokens that tell the subjects apart.';
  if (weight === 'tokens') {
    return (
      'The paper gains where language models are fine-tuned. In a bag of tokens a term that BERT cuts in six counts six ' +
      'times, and once where it is whole: let it count as before to see how much of the difference that is.'
    );
  }
  return 'The paper gains where language models are fine-tuned; a bag of tokens sees no gain in whole terms.';
}

/** Words with what stands before them; a line break belongs to the word that it ends. */
function inlineTokens(words: readonly ShownWord[]): InlineToken[] {
  return words.flatMap(({ gap, pieces, type }, place) => {
    const following = words[place + 1]?.gap ?? '';
    const end = following.includes('\n') ? following : '';
    return pieces.map((piece, i) => ({
      text: `${i === 0 && !gap.includes('\n') ? gap : ''}${piece}${i === pieces.length - 1 ? end : ''}`,
      ...(type >= 0 && { hue: HUES[type]!, note: termTypes[type]! }),
    }));
  });
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatSignificant(Math.abs(value))}`;
}
