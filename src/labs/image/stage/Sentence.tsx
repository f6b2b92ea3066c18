import { useMemo } from 'react';
import { useSignals } from '../../../views/signal';
import { useLab, useLabState, useLaneState, useLead } from '../lab-context';
import { useFromLink } from '../receiver/use-from-link';
import styles from './Sentence.module.css';
import { type Rebuilt, sentenceOf } from './sentence';

/** What is said of a lane's phase while nothing is drawn. */
const DOING = {
  idle: 'nothing',
  'loading-model': 'loading-model',
  encoding: 'encoding',
  ready: 'decoding',
} as const;

/** One sentence above the pictures: what they show. */
export function Sentence() {
  const { models } = useLab();
  const lead = useLead();
  const lanes = useLabState((state) => state.lanes);
  const lost = useLabState(({ view, lanes }) => view === 'difference' && lanes.length > 1);
  const fromLink = useFromLink();
  const { model, phase } = useLaneState(lead, (state) => state);
  const frames = useSignals(useMemo(() => lanes.map((lane) => lane.shown), [lanes]));
  const pictures = useSignals(useMemo(() => lanes.map((lane) => lane.shownOf), [lanes]));
  const rebuilt = lanes.flatMap((_, i): Rebuilt[] => {
    const [frame, picture] = [frames[i], pictures[i]];
    if (!frame || !picture) return [];
    const label = models.label(picture.model);
    // A codec has no tokens: a frame's k is then the bytes of its file.
    if (frame.file) return [{ label, bytes: frame.k }];
    const bits = models.find(picture.model)?.tokens.bits ?? 0;
    return [{ label, k: frame.k, count: picture.ids.length, bytes: Math.ceil((frame.k * bits) / 8) }];
  });
  const text = sentenceOf({
    fromLink,
    rebuilt,
    lost,
    doing: DOING[phase],
    model: models.label(model),
  });
  return (
    <p className={styles.sentence}>
      <span>{text.split(FIGURES).map(emphasised)}</span>
    </p>
  );
}

/** The figures of the sentence, which are what changes. */
const FIGURES = /(\b[\d.]+ (?:tokens?|bytes?|kB)\b)/;

function emphasised(words: string, at: number) {
  return at % 2 === 0 ? words : <b key={String(at)}>{words}</b>;
}
