import { imageFacts } from '../../../measures/image-facts';
import { formatSignificant } from '../../../ui/format';
import { useSignal } from '../../../views/signal';
import { useLabState } from '../lab-context';
import type { Lane } from '../lane';
import styles from '../PrefixNote.module.css';
import { sentTo } from './lane-sent';

/** What the sender of a link measured of a lane, where the original is not here to measure against. */
export function SentNote({ lane }: { readonly lane: Lane }) {
  const picture = useSignal(lane.opened);
  const k = useLabState((state) => state.k);
  const lanes = useLabState((state) => state.lanes);
  const source = useLabState((state) => state.source);
  if (source?.kind !== 'tokens' || !source.sent || picture?.original !== null || source.sent.k !== k)
    return null;
  const measure = imageFacts.find(({ id }) => id === source.sent?.metric);
  const figure = sentTo(lanes, lanes.indexOf(lane), source)?.figure;
  if (!measure || figure === undefined) return null;
  return (
    <p className={styles.note}>
      {measure.label} {formatSignificant(figure)}
      {measure.unit && ` ${measure.unit}`}, as the sender measured.
    </p>
  );
}
