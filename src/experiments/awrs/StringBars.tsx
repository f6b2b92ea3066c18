import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import type { Enumeration } from './enumerate';
import type { Level } from './levels';
import { type Local, localLaw } from './local';
import { percent } from './percent';
import { visibleText } from './visible-text';

/** Strings that are shown. */
const ROWS = 10;

interface StringBarsProps {
  readonly exact: Enumeration;
  /** Of one particle. */
  readonly one: Level;
  readonly level: Level;
}

/**
 * For each string how often it is drawn with the chosen number of particles: a bar; a line across it where the bar
 * should end, and a thin one below for what is drawn token by token.
 */
export function StringBars({ exact, one, level }: StringBarsProps) {
  const drawn = new Map(level.strings.map(({ text, share }) => [text, share]));
  const isLocal = level.particles === 1;
  const law = localLaw(exact, one);
  const shareOf = (text: string) => (isLocal ? law.share(text) : (drawn.get(text) ?? 0));
  const rows = rowsOf(exact, law);
  const left = exact.strings.length - rows.length;
  return (
    <div data-thumbnail>
      <BarChart
        label="How often each string is drawn, and how often it should be"
        legend={{
          bar: isLocal ? 'drawn token by token' : `drawn with ${level.particles} particles`,
          mark: 'should be',
          ...(!isLocal && { below: 'token by token' }),
        }}
        isVerbatim
        format={percent}
        bars={rows.map(({ text, exact: right, local }) => ({
          id: text,
          label: visibleText(text),
          value: shareOf(text),
          mark: right,
          note: `should be ${percent(right)}`,
          ...(!isLocal && { below: local }),
        }))}
      />
      {left > 0 ? <p className={reading.note}>{left} more strings are valid.</p> : null}
    </div>
  );
}

/** The strings that matter: those that should be drawn most, and those that are drawn token by token most. */
function rowsOf({ strings }: Enumeration, law: Local) {
  const all = strings.map(({ text, exact }) => ({ text, exact, local: law.share(text) }));
  if (all.length <= ROWS) return all;
  const weighty = [...all].sort((a, b) => Math.max(b.exact, b.local) - Math.max(a.exact, a.local));
  const chosen = new Set(weighty.slice(0, ROWS));
  return all.filter((string) => chosen.has(string));
}
