import { useId } from 'react';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { LineChart } from '../../views/plot/LineChart';
import type { ViewProps } from '../experiment';
import { type Language, languages } from './data';
import { hardShare, type Result, reals, type State, type TokenizerName, tokenizers } from './experiment';
import { MOST_MERGES } from './pieces';
import styles from './View.module.css';
import { WordTokens } from './WordTokens';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  de: 'German',
  nl: 'Dutch',
  sv: 'Swedish',
  da: 'Danish',
  fi: 'Finnish',
  en: 'English',
};

const LINE_NAMES: Readonly<Record<TokenizerName, string>> = {
  plain: 'plain BPE',
  trained: 'BPE learned from split words',
  split: 'words split before BPE as well',
};

const stageOptions = [
  { value: 'hyphens', label: 'hyphens' },
  { value: 'compounds', label: 'hyphens and compounds' },
] as const;

/** The visitor's words in tokens, without and with the splitter, and how many listed compounds are hard. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const language = useId();
  const tokenizer = useId();
  return (
    <div className={reading.view}>
      <div className={styles.settings}>
        <label htmlFor={language}>Language</label>
        <Select
          id={language}
          value={state.language}
          options={languages.map((id) => ({ id, name: LANGUAGE_NAMES[id] }))}
          onChange={(id) => onChange({ ...state, language: languages.find((one) => one === id)! })}
        />
        <span>The splitter learns from</span>
        <Segmented
          label="The splitter learns from"
          options={stageOptions}
          value={state.stage}
          onChange={(stage) => onChange({ ...state, stage })}
          size="sm"
        />
        <label htmlFor={tokenizer}>To compare with</label>
        <Select
          id={tokenizer}
          value={state.tokenizer}
          options={reals.map(({ id, label }) => ({ id, name: label }))}
          onChange={(id) => onChange({ ...state, tokenizer: id })}
        />
        <p className={reading.note}>
          Type words of this language above. A bar in a word (Wort|schatz) says where you know that its parts
          meet.
        </p>
      </div>
      <ControlBar>
        <ControlSlider
          label="Merges of each tokenizer"
          min={0}
          max={result?.most ?? MOST_MERGES}
          value={state.merges}
          marks={[0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]}
          say={(value) => `${formatInteger(value)} merges`}
          nameOf={formatInteger}
          onChange={(merges) => onChange({ ...state, merges })}
        />
      </ControlBar>
      {result ? <Shown result={result} state={state} onChange={onChange} /> : null}
    </div>
  );
}

interface ShownProps extends ViewProps<State, Result> {
  readonly result: Result;
}

function Shown({ result, state, onChange }: ShownProps) {
  const { own, listed, hard, hardReal, accuracy, lessons } = result;
  const real = reals.find(({ id }) => id === state.tokenizer)!.label;
  const { merges } = state;
  const count = hard.plain.length;
  const share = (name: TokenizerName) => `${formatSignificant(hardShare(hard[name], merges) ?? 0)} %`;
  return (
    <>
      <p className={styles.sentence}>
        Of {formatInteger(count)} compounds{' '}
        <strong>
          {share('plain')} are hard with plain BPE, {share('split')} if words are split first
        </strong>
        : a part ends inside a token. For {real} they are {formatSignificant(hardReal ?? 0)} %.
      </p>
      {own.length > 0 ? (
        <WordTokens label="Your words" words={own} merges={merges} real={real} />
      ) : (
        <p>There is no word of six letters or more. Type some above.</p>
      )}
      <LineChart
        label="Share of compounds that are hard, against merges"
        x={{ label: 'merges', from: 0, to: result.most }}
        y={{ label: '% hard', from: 0 }}
        lines={tokenizers.map((name) => ({
          id: name,
          label: LINE_NAMES[name],
          points: curveOf(hard[name], result.most),
        }))}
        {...(hardReal === undefined ? {} : { rules: [{ label: real, y: hardReal }] })}
        at={Math.min(merges, result.most)}
        onPick={(x) => onChange({ ...state, merges: Math.round(x) })}
      />
      <More summary={<>Some of the {formatInteger(count)} compounds of the list</>}>
        <WordTokens label="Compounds of the list" words={listed} merges={merges} real={real} />
      </More>
      <More summary="How well the splitter divides words it has not seen">
        <BarChart
          label="Compounds of the list that are divided exactly right"
          bars={[
            { id: 'frequency', label: 'by counts of words', value: accuracy.frequency ?? 0 },
            {
              id: 'hyphens',
              label: 'from hyphens',
              value: accuracy.stage1 ?? 0,
              isChosen: state.stage === 'hyphens',
            },
            {
              id: 'compounds',
              label: 'and compounds',
              value: accuracy.stage2 ?? 0,
              isChosen: state.stage === 'compounds',
            },
          ]}
          format={(value) => `${formatSignificant(value)} %`}
          most={100}
        />
        <p className={reading.note}>
          Learned from {formatInteger(lessons.hyphens)} words that the corpus or your text writes with a
          hyphen, and for the last bar from {formatInteger(lessons.compounds)} more compounds. The list holds
          other compounds, but often of the same parts. Counts of words do worse here than the paper’s best
          method without lessons, which is not this one: the gain is not comparable with the paper’s.
        </p>
      </More>
    </>
  );
}

/** Points of a curve. */
const POINTS = 100;

function curveOf(hard: Uint32Array, most: number): (readonly [number, number])[] {
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const merges = Math.round((most * i) / POINTS);
    return [merges, hardShare(hard, merges) ?? Number.NaN] as const;
  });
}
