import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { NumberField } from '../../../../ui/NumberField';
import { Segmented } from '../../../../ui/Segmented';
import { CutPlot, lineAt, type NamedCurve } from '../../../../views/vocabulary/CutPlot';
import { PLOT_MARGIN } from '../../../../views/vocabulary/plot-margin';
import { sizeScale } from '../../../../views/vocabulary/size-scale';
import { VocabularySlider } from '../../../../views/vocabulary/VocabularySlider';
import { useColumn, useColumnTokenizers, useTextState } from '../../context';
import { useMedia } from '../../use-media';
import { CutLegend } from './CutLegend';
import { CutText } from './CutText';
import { Player } from './Player';
import { idsWithoutToken, stateSentence, whatStays } from './sentences';
import { useVocabularySettings } from './settings';
import { useCounts, useCurves } from './use-curves';
import { useCut } from './use-cut';
import styles from './VocabularyPane.module.css';

const MODES = [
  { value: 'cut', label: 'Cut the vocabulary' },
  { value: 'play', label: 'Play the merges' },
] as const;

/** Pixels of the plot, and of one that is narrow. */
const HEIGHT = 248;
const LOW = 176;

/** Pixels beside the plot for the names of several curves, where there is room. */
const LABEL_ROOM = 104;

const heightFor = (width: number) => (width < 480 ? LOW : HEIGHT);

/** The token-count slider for text: the same text with any size of the vocabulary. */
export function VocabularyPane() {
  const [settings, set] = useVocabularySettings();
  const tokenizers = useColumnTokenizers();
  const document = useTextState((state) => state.document);
  const showIds = useTextState((state) => state.showIds);
  const { curveOf, isCounting, stop, again } = useCurves(tokenizers, document);
  const counts = useCounts(tokenizers, document, settings.n);
  const [width, setWidth] = useState(80);
  const field = useId();
  const isNarrow = useMedia('(max-width: 720px)');

  const states = tokenizers.map((tokenizer) => ({ tokenizer, state: curveOf(tokenizer.id) }));
  const cuttable = states.flatMap(({ tokenizer, state }) =>
    state.kind === 'curve' && state.curve ? [{ tokenizer, curve: state.curve }] : [],
  );
  const wanted = tokenizers.find(({ id }) => id === settings.t);
  const lead = (wanted && cuttable.find(({ tokenizer }) => tokenizer === wanted)) ?? cuttable[0];
  const leadId = lead?.tokenizer.id;
  const label = lead?.tokenizer.label ?? '';
  const want = useMemo(
    () =>
      leadId === undefined
        ? null
        : { id: leadId, label, document, size: settings.n, options: { width, ids: showIds } },
    [leadId, label, document, settings.n, width, showIds],
  );
  const work = useCut(want);
  const shown = work.shown?.tokenizer === leadId ? work.shown : null;

  const min = Math.min(...cuttable.map(({ curve }) => curve.smallest));
  const max = Math.max(...cuttable.map(({ curve }) => curve.largest));
  const scale = useMemo(() => sizeScale(min, max), [min, max]);
  const moveTo = (n: number) => set({ n: Math.min(max, Math.max(min, n)) });
  const size = Math.min(max, Math.max(min, settings.n));
  const curves: NamedCurve[] = cuttable.map(({ tokenizer, curve }, i) => ({
    id: tokenizer.id,
    label: tokenizer.label,
    line: tokenizer.id === leadId ? 0 : lineAt(i),
    curve,
    live: counts[tokenizer.id] ?? null,
  }));

  const labelRoom = curves.length > 1 && !isNarrow ? LABEL_ROOM : 0;
  const leadIds = useColumn(leadId ?? '')?.result?.segmentation.vocabularySize ?? 0;

  if (tokenizers.length === 0) return <p className={styles.note}>Add a tokenizer to cut its vocabulary.</p>;
  if (document.bytes.length === 0) return <p className={styles.note}>No text to tokenize yet.</p>;
  return (
    <div className={styles.pane}>
      <div className={styles.top}>
        <Segmented
          label="What to do"
          size="sm"
          options={MODES}
          value={settings.m}
          onChange={(m) => set({ m })}
        />
        {lead ? (
          <span className={styles.field}>
            <label htmlFor={field}>Vocabulary</label>
            <NumberField
              id={field}
              className={styles.number}
              label="Size of the vocabulary, in entries"
              min={min}
              max={max}
              value={size}
              onChange={moveTo}
            />
            <span>entries</span>
          </span>
        ) : null}
      </div>
      <div className={styles.instrument}>
        {lead ? (
          <div className={styles.chart}>
            <div style={{ paddingLeft: PLOT_MARGIN.left, paddingRight: PLOT_MARGIN.right + labelRoom }}>
              <VocabularySlider
                scale={scale}
                size={size}
                smallest={lead.curve.smallest}
                largest={lead.curve.largest}
                tokens={counts[lead.tokenizer.id] ?? null}
                onChange={moveTo}
                onKey={(key) => {
                  if (key === '+' || key === '=') moveTo(Math.ceil(size * 1.1));
                  if (key === '-') moveTo(Math.floor(size / 1.1));
                }}
              />
            </div>
            <Measured>
              {(plotWidth) => (
                <CutPlot
                  width={plotWidth}
                  height={heightFor(plotWidth)}
                  scale={scale}
                  size={size}
                  curves={curves}
                  labelRoom={labelRoom}
                />
              )}
            </Measured>
          </div>
        ) : null}
        <div className={styles.others}>
          <CutLegend
            states={states}
            curves={curves}
            size={size}
            lead={leadId}
            onLead={(t) => set({ t })}
            onStop={isCounting ? stop : null}
            onAgain={again}
          />
        </div>
      </div>
      {lead && shown ? (
        <p className={styles.sentence} role="status">
          {stateSentence(label, shown.cut, settings.n, shown.segmentation.tokens.ids.length)}
        </p>
      ) : null}
      {lead && settings.m === 'play' ? (
        <Player cut={shown?.cut ?? null} label={label} isBehind={work.busy} onMove={(n) => set({ n })} />
      ) : null}
      {lead ? <CutText label={label} work={work} shown={shown} onWidth={setWidth} /> : null}
      {lead && shown ? (
        <p className={styles.note}>
          {whatStays(shown.cut.by)} {idsWithoutToken(leadIds, lead.curve.largest)} Drag the slider, type a
          size, or press the arrow keys, + and −.
        </p>
      ) : null}
    </div>
  );
}

/** Gives its own width, in whole pixels. */
function Measured({ children }: { readonly children: (width: number) => ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={root} style={{ minHeight: heightFor(width) }}>
      {width > 0 ? children(width) : null}
    </div>
  );
}
