import { useId, useMemo } from 'react';
import { textTokenizers } from '../../catalog/tokenizers';
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
import type { Chunks } from './align';
import { ChunkText } from './ChunkText';
import { chunksBy, lengthsOf, type Result, type State } from './experiment';
import styles from './View.module.css';

const options = textTokenizers.map(({ id, label }) => ({ id, name: label }));

const ruleOptions: readonly { value: State['rule']; label: string }[] = [
  { value: 'greedy', label: 'any common end' },
  { value: 'likely', label: 'likely space' },
  { value: 'space', label: 'space' },
];

/** Upper ends of the classes of lengths, in bytes. */
const CLASSES = [1, 2, 4, 8, 16, 32, 64, Number.POSITIVE_INFINITY];

/** The chunks over the text in both segmentations, and how long they are. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const teacher = useId();
  const student = useId();
  return (
    <div className={reading.view}>
      <div className={styles.pair}>
        <div>
          <label htmlFor={teacher}>Teacher, above</label>
          <Select
            id={teacher}
            value={state.teacher}
            options={options}
            onChange={(id) => onChange({ ...state, teacher: id })}
          />
        </div>
        <div>
          <label htmlFor={student}>Student, below</label>
          <Select
            id={student}
            value={state.student}
            options={options}
            onChange={(id) => onChange({ ...state, student: id })}
          />
        </div>
      </div>
      <ControlBar>
        <div className={styles.rule}>
          <span>A chunk ends at</span>
          <Segmented
            label="A chunk ends at"
            options={ruleOptions}
            value={state.rule}
            onChange={(rule) => onChange({ ...state, rule })}
            size="sm"
          />
        </div>
        {state.rule === 'likely' ? (
          <ControlSlider
            overChart
            label="A space must be more likely than"
            min={0}
            max={99}
            value={state.gamma}
            marks={[0, 10, 25, 50, 75]}
            say={(value) => `${value} %`}
            nameOf={(mark) => `${mark} %`}
            onChange={(gamma) => onChange({ ...state, gamma })}
          />
        ) : null}
      </ControlBar>
      {result ? <Shown result={result} state={state} onChange={onChange} /> : null}
    </div>
  );
}

interface ShownProps extends ViewProps<State, Result> {
  readonly result: Result;
}

function Shown({ result, state, onChange }: ShownProps) {
  const { rule, gamma } = state;
  const chunks = useMemo(() => chunksBy(result, rule, gamma), [result, rule, gamma]);
  const curve = useMemo(() => curveOf(result), [result]);
  const { length } = chunks.ends;
  const bytes = chunks.ends.at(-1) ?? 0;
  if (length === 0) return <p>There is no text. Write or paste some above.</p>;
  const greedy = result.chunks.ends.length;
  return (
    <>
      <p className={styles.sentence}>
        <strong>
          {formatInteger(length)} {length === 1 ? 'chunk' : 'chunks'} of {formatSignificant(bytes / length)}{' '}
          bytes
        </strong>
        {rule === 'greedy'
          ? ': both tokenizers have a token that ends there. Where no space follows, a model may expect the word to go on, and the two probabilities cannot be compared.'
          : `: of ${formatInteger(greedy)} common ends, ${formatInteger(greedy - length)} are passed over, because there a word may go on.`}
        {length === 1 && greedy > 20
          ? ' Without spaces nothing ends a chunk: this is the method’s limit.'
          : ''}
      </p>
      <ChunkText chunks={chunks} drawn={result.drawn} />
      <LineChart
        label="Mean length of a chunk against the probability that a space must have"
        x={{ label: 'space more likely than, %', from: 0, to: 99 }}
        y={{ label: 'bytes per chunk', from: 0 }}
        lines={[
          { id: 'likely', label: 'where a space is likely', points: curve.likely },
          { id: 'greedy', label: 'every common end', points: curve.greedy },
          { id: 'space', label: 'where a space follows', points: curve.space },
        ]}
        {...(rule === 'likely' ? { at: gamma } : {})}
        onPick={(x) => onChange({ ...state, rule: 'likely', gamma: Math.round(x) })}
      />
      <More summary="How long the chunks are">
        <BarChart
          label="Chunks by length in bytes"
          bars={classesOf(chunks, result.chunks)}
          format={(value) => `${formatSignificant(value)} %`}
        />
        <p className={reading.note}>Beside each share: the same with every common end.</p>
      </More>
      <More summary="What is known here, and what only a model knows">
        <p className={reading.note}>
          The chunks are exact: they need only the two token sequences. How likely a space is after a chunk,
          the paper asks the teacher, who has read everything before. Here it is counted: of the times that
          the chunk’s last teacher token occurs in this text, how often a space comes next. A token that
          occurs once is followed by a space either always or never, so give it a long text. The probabilities
          of the chunks, and a student that learns from them, need two models.
        </p>
      </More>
    </>
  );
}

type Point = readonly [gamma: number, bytes: number];

/** Mean bytes of a chunk at every threshold, and with the other two rules. */
function curveOf(result: Result): Readonly<Record<State['rule'], readonly Point[]>> {
  const bytes = result.chunks.ends.at(-1) ?? 0;
  const mean = (rule: State['rule'], gamma: number) => bytes / chunksBy(result, rule, gamma).ends.length;
  const level = (value: number): Point[] => [
    [0, value],
    [99, value],
  ];
  return {
    likely: Array.from({ length: 100 }, (_, i) => [i, mean('likely', i)]),
    greedy: level(mean('greedy', 0)),
    space: level(mean('space', 0)),
  };
}

function classesOf(chunks: Chunks, greedy: Chunks) {
  const shares = [chunks, greedy].map((each) => {
    const lengths = lengthsOf(each);
    const counts = CLASSES.map(() => 0);
    for (const length of lengths) counts[CLASSES.findIndex((most) => length <= most)]!++;
    return counts.map((count) => (100 * count) / Math.max(1, lengths.length));
  });
  return CLASSES.map((most, i) => {
    const least = (CLASSES[i - 1] ?? 0) + 1;
    const range =
      most === Number.POSITIVE_INFINITY
        ? `${least} or more`
        : least === most
          ? `${most}`
          : `${least} to ${most}`;
    return {
      id: range,
      label: `${range} ${most === 1 ? 'byte' : 'bytes'}`,
      value: shares[0]![i]!,
      note: `${formatSignificant(shares[1]![i]!)} %`,
    };
  });
}
