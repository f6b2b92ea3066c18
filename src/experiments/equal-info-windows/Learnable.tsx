import { formatSignificant } from '../../ui/format';
import found from '../../views/experiment/pieces.module.css';
import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { SIZES } from './all-codings';
import { learnedOf, type Result, type State } from './experiment';

export interface LearnableProps {
  readonly result: Result;
  readonly state: State;
}

/** How much M2 saves with each coding. */
export function Learnable({ result, state }: LearnableProps) {
  const bars = SIZES.flatMap((size) => {
    const learned = learnedOf(result, size, state.v);
    if (!learned) return [];
    const { uniform, m2 } = learned;
    return [
      {
        id: String(size),
        label: size === 0 ? 'No windows' : `Windows of ${size} bits`,
        value: 100 * (1 - m2 / uniform),
        note: `${formatSignificant(uniform)} → ${formatSignificant(m2)}`,
        isChosen: size === state.b,
      },
    ];
  });
  if (bars.length === 0) {
    return result.bytes > 0 && result.tokens.length > 0 ? (
      <p className={found.why}>
        {result.learn === 'network' ? 'What the network codes' : 'This text'} is too short for a model of its
        tokens to learn from.
      </p>
    ) : null;
  }
  const chosen = bars.find(({ isChosen }) => isChosen);
  return (
    <section className={reading.part}>
      <h3>What a model learns from the tokens</h3>
      <BarChart
        label="What M2 saves against a model that knows nothing of the tokens"
        bars={bars}
        format={(value) => `${value.toFixed(1).replace('-', '−')} %`}
        most={Math.max(1, ...bars.map(({ value }) => value))}
      />
      <p className={found.why}>
        M2, a model that counts up to three tokens in a row, learned from the first four fifths of them and is
        measured on the rest: bits per byte of text if every token is equally likely → with M2.
        {chosen ? ` ${saidOf(chosen.value, state.b)}` : ''}
      </p>
    </section>
  );
}

/** Per cent under which a saving may be chance. */
const CHANCE = 1;

function saidOf(percent: number, size: State['b']): string {
  const where = size === 0 ? 'Without windows' : `In windows of ${size} bits`;
  if (percent > CHANCE) {
    return `${where} it finds something: the same text comes back as the same tokens, because every window begins anew.`;
  }
  return size === 0
    ? `${where} it learns nothing: the same text is never written by the same bits again. The paper’s large models learn nothing from it either.`
    : `${where} it learns nothing to speak of: the same window hardly comes twice. The paper’s large models find more in them, but less than in those of 16 bits.`;
}
