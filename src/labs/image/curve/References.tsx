import { useEffect, useState } from 'react';
import { type Reference, references } from '../../../catalog/reference-curves';
import { formatSignificant } from '../../../ui/format';
import type { PlotMetric } from '../../../views/plot/RatePlot';
import type { PlotReference } from '../../../views/plot/ReferenceLines';
import styles from './References.module.css';

export interface ReferencesProps {
  readonly metric: PlotMetric;
  /** Pixels a side of the pictures on screen. */
  readonly size: number;
  /** Called with those that the chart should show; with none when the table goes. */
  readonly onShow: (shown: readonly PlotReference[]) => void;
}

/** Those that are drawn at first: ours and the codecs, by the same protocol. */
const FIRST = ['karhunen-128', 'ladder-128', 'jpeg', 'webp'];

/** Mean figures of models and codecs, and what they were measured on. A tick draws one in the chart. */
export function References({ metric, size, onShow }: ReferencesProps) {
  const [ticked, setTicked] = useState<readonly string[]>(FIRST);
  useEffect(() => {
    const shown = references.filter(({ id }) => ticked.includes(id));
    onShow(shown.map((reference) => asPlotted(reference, metric, size)));
  }, [ticked, metric, size, onShow]);
  useEffect(() => () => onShow([]), [onShow]);
  const toggle = (id: string) =>
    setTicked((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]));
  return (
    <div className={styles.panel}>
      <p className={styles.lead}>
        Means over many pictures, to see this one against. Figures compare only where the protocol is the
        same; a dotted line is of pictures of another size.
      </p>
      {/* A keyboard scrolls it, too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone */}
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label="Reference curves and their protocols"
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Drawn</th>
              <th scope="col">Model or codec</th>
              <th scope="col">{metric.label}</th>
              <th scope="col">Pictures</th>
              <th scope="col">Measured</th>
              <th scope="col">Other figures</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {references.map((reference) => (
              <Row
                key={reference.id}
                reference={reference}
                metric={metric}
                size={size}
                ticked={ticked.includes(reference.id)}
                onToggle={() => toggle(reference.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RowProps {
  readonly reference: Reference;
  readonly metric: PlotMetric;
  readonly size: number;
  readonly ticked: boolean;
  readonly onToggle: () => void;
}

function Row({ reference, metric, size, ticked, onToggle }: RowProps) {
  const { label, protocol, points } = reference;
  const others = points.flatMap((point) => (point.others ? [`${at(point)}: ${point.others}`] : []));
  const known = points.filter(({ metrics }) => metrics[metric.id] !== undefined);
  return (
    <tr>
      <td>
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={ticked && known.length > 0}
            disabled={known.length === 0}
            aria-label={`Draw ${label}`}
            onChange={onToggle}
          />
          <b>{markOf(reference)}</b>
        </label>
      </td>
      <th scope="row">{label}</th>
      <td>{known.length === 0 ? 'Not measured' : spread(known, metric)}</td>
      <td>
        {protocol.count} pictures of {protocol.size} × {protocol.size}
        {protocol.size === size ? '' : ', another size than here'}. {protocol.dataset}. Crop: {protocol.crop}.
      </td>
      <td>{protocol.measured}.</td>
      <td>{others.length === 0 ? '–' : `${others.join('; ')}.`}</td>
      <td>{protocol.source}.</td>
    </tr>
  );
}

/** Its letter: A is the first of the list. */
function markOf(reference: Reference): string {
  return String.fromCharCode('A'.charCodeAt(0) + references.indexOf(reference));
}

function asPlotted(reference: Reference, metric: PlotMetric, size: number): PlotReference {
  return {
    id: reference.id,
    mark: markOf(reference),
    isOther: reference.protocol.size !== size,
    points: reference.points.flatMap(({ tokens, bytes, metrics }) => {
      const value = metrics[metric.id];
      return value === undefined ? [] : [{ tokens, bytes, value }];
    }),
  };
}

/** "14.65 at 1 token to 24.59 at 256 tokens". */
function spread(points: Reference['points'], { id, unit }: PlotMetric): string {
  const say = (point: Reference['points'][number]) =>
    `${formatSignificant(point.metrics[id]!)}${unit && ` ${unit}`} at ${at(point)}`;
  const [first, last] = [points[0]!, points.at(-1)!];
  return first === last ? say(first) : `${say(first)} to ${say(last)}`;
}

function at({ tokens, bytes }: Reference['points'][number]): string {
  if (tokens === undefined) return `${bytes} B`;
  return `${tokens} ${tokens === 1 ? 'token' : 'tokens'} (${bytes} B)`;
}
