import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { useColumnTokenizers, useLab, useTextState } from '../../context';
import { Inspector } from '../../Inspector';
import { usePaneSettings } from '../../use-pane-settings';
import { useSameList } from '../../use-same-list';
import styles from './ComparePane.module.css';
import { Diff } from './Diff';
import { Matrix } from './Matrix';
import { compareDefaults, compareSettings, pairOf } from './settings';
import { useComparing } from './use-comparing';

/** How far every two tokenizers agree on where to divide the text, and where any two of them part. */
export function ComparePane() {
  const { columns } = useLab();
  const entries = useColumnTokenizers();
  const document = useTextState((state) => state.document);
  const [settings, set] = usePaneSettings('compare', compareSettings, compareDefaults);
  const comparing = useComparing();
  const sequences = useStore(
    columns.store,
    useSameList(({ list }) =>
      list.map(({ result }) => (result?.document === document ? result.segmentation.tokens : null)),
    ),
  );
  const ids = entries.map(({ id }) => id).join('\n');
  const pair = useMemo(() => pairOf(ids.split('\n'), settings), [ids, settings]);
  const choose = useCallback((over: string, under: string) => set({ over, under }), [set]);

  if (!pair) {
    return <p className={styles.empty}>Add a second tokenizer to see where the two part.</p>;
  }
  if (document.bytes.length === 0) {
    return <p className={styles.empty}>No text yet. Type or paste one above to compare how it is divided.</p>;
  }
  return (
    <div className={styles.whole}>
      <div className={styles.pane} data-many={entries.length > 5 ? '' : undefined}>
        <Matrix
          entries={entries}
          sequences={sequences}
          length={document.bytes.length}
          comparing={comparing}
          pair={pair}
          onChoose={choose}
        />
        <Diff
          key={`${pair.join()} ${document.sheet}`}
          entries={entries}
          document={document}
          comparing={comparing}
          pair={pair}
          onChoose={choose}
        />
      </div>
      <Inspector />
    </div>
  );
}
