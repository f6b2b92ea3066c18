import { encodeUtf8 } from '../../core/text/utf8';
import { formatInteger, formatSignificant } from '../../ui/format';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import type { Both, Line, Result, State } from './experiment';
import { RATIOS, SCRIPT_NAMES, scripts } from './scripts';
import styles from './View.module.css';

const KINDS = [
  { kind: 'single', name: 'One prior for all' },
  { kind: 'own', name: 'A prior for each script' },
] as const;

/** Every line in segments, with one prior for all scripts and with one for each. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          label="Bytes of a segment in Latin script"
          min={2}
          max={12}
          value={state.bytes}
          marks={[2, 4, 5, 6, 8, 10, 12]}
          say={(bytes) =>
            `Latin ${bytes}, Cyrillic ${bytes * RATIOS.Cyrl}, Devanagari ${formatSignificant(bytes * RATIOS.Deva)}`
          }
          onChange={(bytes) => onChange({ ...state, bytes })}
        />
      </ControlBar>
      {result ? <Lines result={result} /> : <p className={reading.note}>The predictors are learning.</p>}
    </div>
  );
}

function Lines({ result: { lines, learned } }: { readonly result: Result }) {
  if (lines.length === 0) {
    return <p className={reading.note}>Paste the same sentence in several scripts, one a line.</p>;
  }
  const unknown = lines.filter(({ script }) => script === undefined).length;
  return (
    <>
      {KINDS.map(({ kind, name }) => (
        <section key={kind} className={styles.kind} aria-label={name}>
          <h3 className={styles.head}>{name}</h3>
          <BarChart
            label={`Segments by line: ${name}`}
            bars={lines.flatMap((line, i) =>
              line.script
                ? [
                    {
                      id: String(i),
                      label: SCRIPT_NAMES[line.script],
                      value: line.segments[kind],
                      note: `${formatInteger(line.bytes)} bytes`,
                      isChosen: kind === 'own',
                    },
                  ]
                : [],
            )}
            most={Math.max(1, ...lines.map(({ segments }) => Math.max(segments.single, segments.own)))}
            format={(value) => `${formatInteger(value)} segments`}
          />
          {lines.map((line, i) =>
            line.script ? (
              <InlineTokens
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
                key={i}
                label={`${SCRIPT_NAMES[line.script]}: ${name}`}
                tokens={segmentsOf(line, kind)}
              />
            ) : null,
          )}
        </section>
      ))}
      {unknown > 0 ? (
        <p className={reading.note}>
          {unknown === 1 ? 'One line is' : `${formatInteger(unknown)} lines are`} not divided: only Latin,
          Cyrillic and Devanagari have a predictor here.
        </p>
      ) : null}
      <More summary="The texts that the predictors learned from">
        <table className={styles.table}>
          <caption className="visually-hidden">Articles 2 to 30 of the Declaration in segments</caption>
          <thead>
            <tr>
              <th scope="col">Script</th>
              <th scope="col">Bytes</th>
              <th scope="col">One prior</th>
              <th scope="col">Own prior</th>
            </tr>
          </thead>
          <tbody>
            {scripts.map((script, i) => (
              <tr key={script}>
                <th scope="row">{SCRIPT_NAMES[script]}</th>
                <td>{formatInteger(learned[i]!.bytes)}</td>
                <td>{formatInteger(learned[i]!.segments.single)}</td>
                <td>{formatInteger(learned[i]!.segments.own)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          Articles 2 to 30 of the Universal Declaration of Human Rights (United Nations) in English, Russian
          and Hindi. How many segments there are follows from the prior; where they end is what is learned.
        </p>
      </More>
    </>
  );
}

/** Segments as bytes: a boundary may be inside a character. */
function segmentsOf({ text, ends }: Line, kind: keyof Both<unknown>) {
  const bytes = encodeUtf8(text);
  return ends[kind].map((end, i) => ({ text: bytes.slice(ends[kind][i - 1] ?? 0, end), hue: i % 8 }));
}
