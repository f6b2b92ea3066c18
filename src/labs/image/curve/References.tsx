import { useEffect, useState } from 'react';
import { type Protocol, type Reference, references } from '../../../catalog/reference-curves';
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles.scroll} aria-label="Reference curves and their protocols" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Drawn</th>
              <th scope="col">Model or codec</th>
              <th scope="col">{metric.label}</th>
              <th scope="col">Other figures</th>
            </tr>
          </thead>
          {groups().map(({ protocol, members }) => (
            <tbody key={members[0]!.id}>
              <tr>
                <th scope="rowgroup" colSpan={4} className={styles.protocol}>
                  <Said protocol={protocol} size={size} />
                </th>
              </tr>
              {members.map((reference) => (
                <Row
                  key={reference.id}
                  reference={reference}
                  metric={metric}
                  ticked={ticked.includes(reference.id)}
                  onToggle={() => toggle(reference.id)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </section>
    </div>
  );
}

/** References by their protocols, in the order of the list. */
function groups(): { readonly protocol: Protocol; readonly members: readonly Reference[] }[] {
  const found = new Map<string, Reference[]>();
  for (const reference of references) {
    const key = JSON.stringify(reference.protocol);
    found.set(key, [...(found.get(key) ?? []), reference]);
  }
  return [...found.values()].map((members) => ({ protocol: members[0]!.protocol, members }));
}

/** A protocol in words. */
function Said({ protocol, size }: { readonly protocol: Protocol; readonly size: number }) {
  const { dataset, count, size: own, crop, measured, source } = protocol;
  return (
    <>
      <b>
        {own} × {own}
        {own === size ? '' : ', other protocol'}.
      </b>{' '}
      {dataset}; number of pictures: {count}. Crop: {crop}. Figures: {measured}. Source: {source}.
    </>
  );
}

interface RowProps {
  readonly reference: Reference;
  readonly metric: PlotMetric;
  readonly ticked: boolean;
  readonly onToggle: () => void;
}

function Row({ reference, metric, ticked, onToggle }: RowProps) {
  const { label, points } = reference;
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
      <td>{others.length === 0 ? '–' : `${others.join('; ')}.`}</td>
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
