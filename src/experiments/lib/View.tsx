import { formatInteger, formatSignificant } from '../../ui/format';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import found from '../../views/experiment/pieces.module.css';
import reading from '../../views/experiment/reading.module.css';
import { LineChart } from '../../views/plot/LineChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { tokensWith } from './bpe';
import { Chunks } from './Chunks';
import { fewer, lookFor, type Result, type State } from './experiment';
import { isMultiWord, LOOKS, type Look, nearestLook, STEPS } from './learn';
import { Settings } from './Settings';
import styles from './View.module.css';

/** Chunks of several words are filled with this hue. */
const HUE = 4;

/** The lexicon after some steps of reading: how the text looks with it, how it grew, and what it forgot. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const look = result && result.looks.length > 0 ? lookFor(result, state.step) : undefined;
  const pick = (value: number) => onChange({ ...state, step: nearestLook(value) });
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          label="Steps of reading"
          min={0}
          max={LOOKS.length - 1}
          value={LOOKS.findLastIndex((step) => step <= state.step)}
          marks={[...LOOKS.keys()]}
          nameOf={(i) => String(LOOKS[i])}
          say={(i) => (LOOKS[i] === STEPS ? `all ${STEPS} steps` : `${LOOKS[i]} of ${STEPS}`)}
          onChange={(i) => onChange({ ...state, step: LOOKS[i]! })}
        />
      </ControlBar>
      {result && look ? (
        <>
          <Summary result={result} look={look} />
          <Charts result={result} at={look.step} onPick={pick} />
          <Sentences look={look} />
          <Changes look={look} />
        </>
      ) : null}
      <Settings state={state} onChange={onChange} />
    </div>
  );
}

function Summary({ result, look }: { readonly result: Result; readonly look: Look }) {
  const others = tokensWith(result.bpe, look.types);
  const saved = fewer(others, look.tokens);
  const size = formatSignificant(Math.abs(saved));
  const words = result.words;
  const perToken = result.characters / look.tokens;
  return (
    <div className={reading.part}>
      <p className={found.result}>
        After {look.step} {look.step === 1 ? 'step' : 'steps'} it knows{' '}
        <strong>{formatInteger(look.types)} types</strong> and writes the text with{' '}
        <strong>
          {size} % {saved < 0 ? 'more' : 'fewer'}
        </strong>{' '}
        tokens than BPE with as many types: {formatInteger(look.tokens)} instead of {formatInteger(others)}.
      </p>
      <p className={found.why}>
        {saved < 0
          ? 'The paper finds fewer. Here the text is short: a chunk that is met once or twice has no time to prove itself, while BPE counts the whole text before it chooses. '
          : ''}
        A token holds {formatSignificant(perToken)} characters
        {perToken < 9.2
          ? ', fewer than in the author’s demonstration, whose 9,790 short sentences to children repeat themselves much more'
          : ''}
        . Divided at spaces, the text has {formatInteger(words.tokens)} words, {formatInteger(words.types)}{' '}
        different ones.
      </p>
    </div>
  );
}

interface ChartsProps {
  readonly result: Result;
  readonly at: number;
  readonly onPick: (step: number) => void;
}

function Charts({ result, at, onPick }: ChartsProps) {
  const { looks, bpe, words } = result;
  const x = { label: 'steps of reading', isLog: true, from: 1, to: STEPS };
  const curve = (value: (look: Look) => number) =>
    looks.map((look): [number, number] => [look.step, value(look)]);
  return (
    <div className={styles.charts}>
      <section className={reading.part}>
        <h2>Tokens</h2>
        <LineChart
          label="Tokens of the text against steps of reading, for Less-is-Better and for BPE with as many types."
          x={x}
          y={{ label: 'tokens' }}
          lines={[
            { id: 'lib', label: 'Less-is-Better', points: curve((look) => look.tokens) },
            { id: 'bpe', label: 'BPE, as many types', points: curve((look) => tokensWith(bpe, look.types)) },
          ]}
          rules={[{ label: 'words', y: words.tokens }]}
          at={at}
          onPick={onPick}
          height={220}
        />
      </section>
      <section className={reading.part}>
        <h2>Types</h2>
        <LineChart
          label="Types of the lexicon against steps of reading, and how many of them are on probation."
          x={x}
          y={{ label: 'types', from: 0 }}
          lines={[
            { id: 'types', label: 'known', points: curve((look) => look.types) },
            { id: 'probation', label: 'of these on probation', points: curve((look) => look.onProbation) },
          ]}
          rules={[{ label: 'different words', y: words.types }]}
          at={at}
          onPick={onPick}
          height={220}
        />
      </section>
    </div>
  );
}

function Sentences({ look }: { readonly look: Look }) {
  return (
    <section className={reading.part}>
      <h2>How it reads the first sentences</h2>
      <ul className={styles.sentences}>
        {look.shown.map((chunks, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sentences of one text, always the same ones
          <li key={i}>
            <InlineTokens
              label={`Chunks of sentence ${i + 1}`}
              tokens={chunks.map((text) =>
                isMultiWord(text)
                  ? { text, hue: HUE, emphasis: 'strong' as const, note: 'spans several words' }
                  : { text },
              )}
            />
          </li>
        ))}
      </ul>
      <p className={found.why}>Filled and underlined are chunks that hold a space between words.</p>
    </section>
  );
}

function Changes({ look }: { readonly look: Look }) {
  const { come, gone, multiWord, severalWords, step } = look;
  const since = step === 1 ? 'in the first step' : 'since the mark before';
  return (
    <>
      <div className={styles.charts}>
        <section className={reading.part}>
          <h2>
            Learned {since}: {formatInteger(come.count)}
          </h2>
          <Chunks chunks={come.best.map((text) => ({ text }))} />
        </section>
        <section className={`${reading.part} ${styles.gone}`}>
          <h2>
            Forgotten {since}: {formatInteger(gone.count)}
          </h2>
          <Chunks chunks={gone.best.map((text) => ({ text }))} />
        </section>
      </div>
      <More summary={<>The {formatInteger(severalWords)} chunks of several words, the most used ones</>}>
        <Chunks chunks={multiWord} />
      </More>
    </>
  );
}
