import { useEffect, useId, useMemo, useState } from 'react';
import { TokenWriter } from '../../../../engine/text/export.client';
import { Button } from '../../../../ui/Button';
import { formatBytes } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import { Segmented } from '../../../../ui/Segmented';
import { Select } from '../../../../ui/Select';
import { CopyButton } from '../../../../views/export/CopyButton';
import { DownloadButton } from '../../../../views/export/DownloadButton';
import { useColumns, useColumnTokenizers, useLab, useOwnTokenizers, useTextState } from '../../context';
import { useAsked } from '../../use-asked';
import { usePaneSettings } from '../../use-pane-settings';
import { useRefs } from '../../use-refs';
import styles from './Export.module.css';
import {
  ENDINGS,
  type Made,
  makeDrawing,
  makeMarkdown,
  makePython,
  makeTokenFile,
  type ReadyColumn,
} from './make-export';
import { DEFAULTS, type Settings, schema } from './settings';

const FORMATS = [
  { value: 'csv', label: 'CSV' },
  { value: 'json', label: 'JSON' },
  { value: 'markdown', label: 'Markdown' },
  { value: 'svg', label: 'SVG' },
  { value: 'png', label: 'PNG' },
  { value: 'python', label: 'Python' },
] as const;

const SAYS: Readonly<Record<Settings['format'], string>> = {
  csv: 'Every token of every column: id, text, bytes, and where it is in bytes, UTF-16 units and code points.',
  json: 'Every token as in CSV, with the version of this program and the source and sha256 of every vocabulary.',
  markdown: 'The counts of every column as a table.',
  svg: 'The columns as they are drawn, with text that stays text.',
  png: 'The columns as they are drawn, at twice the size.',
  python: 'Code that makes the same ids with the usual library, and checks them.',
};

/** What the columns hold, as files. */
export function Export() {
  const [settings, set] = usePaneSettings('export', schema, DEFAULTS);
  const { format } = settings;
  const { ready, isBusy, document } = useReadyColumns();
  const made = useMade(settings, ready, isBusy);
  const first = ready.find(({ tokenizer }) => tokenizer.id === settings.of) ?? ready[0];
  const select = useId();
  if (ready.length === 0 && !isBusy) {
    return <p className={styles.empty}>No column has tokens yet. Add a tokenizer above.</p>;
  }
  const { value } = made;
  return (
    <div className={styles.export}>
      <div className={styles.line}>
        <Segmented
          label="Format"
          size="sm"
          options={FORMATS}
          value={format}
          onChange={(next) => set({ format: next })}
        />
        {format === 'python' && first ? (
          <span className={styles.chosen}>
            <label htmlFor={select}>for</label>
            <Select
              id={select}
              value={first.tokenizer.id}
              options={ready.map(({ tokenizer: { id, label } }) => ({ id, name: label }))}
              onChange={(of) => set({ of })}
            />
          </span>
        ) : null}
      </div>
      <p className={styles.says}>{SAYS[format]}</p>
      {made.error ? <Notice tone="error" title={made.error.message} /> : null}
      {made.busy ? (
        <div className={styles.waiting}>
          <Progress
            label="Making the file"
            share={made.progress?.phase === 'encode' ? made.progress.share : undefined}
          />
          <Button size="sm" onClick={made.stop}>
            Stop
          </Button>
        </div>
      ) : null}
      {value && value.format === format ? (
        <>
          <div className={styles.line}>
            <DownloadButton name={`tokens.${ENDINGS[format]}`} file={() => value.file}>
              {`Save as ${ENDINGS[format].toUpperCase()}`}
            </DownloadButton>
            {format === 'png' ? null : (
              <CopyButton text={() => value.file.text()}>
                {format === 'python' ? 'Copy as Python' : 'Copy'}
              </CopyButton>
            )}
            {value.needsText ? (
              <DownloadButton
                name="text.txt"
                file={() => new Blob([document.bytes.slice()], { type: 'text/plain' })}
              >
                Save text.txt
              </DownloadButton>
            ) : null}
            <span className={styles.size}>{formatBytes(value.file.size)}</span>
          </div>
          {value.note ? <p className={styles.note}>{value.note}</p> : null}
          <Preview made={value} name={FORMATS.find((one) => one.value === format)!.label} />
        </>
      ) : null}
    </div>
  );
}

function Preview({ made, name }: { readonly made: Made; readonly name: string }) {
  const url = useMemo(() => (made.text === null ? URL.createObjectURL(made.file) : ''), [made]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  if (made.text === null) {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      <section className={styles.picture} aria-label={`Preview: ${name}`} tabIndex={0}>
        <img src={url} alt="The columns of tokens" />
      </section>
    );
  }
  const isWhole = new Blob([made.text]).size >= made.file.size;
  return (
    <>
      <section aria-label={`Preview: ${name}`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre className={styles.text} tabIndex={0}>
          {made.text}
        </pre>
      </section>
      {isWhole ? null : <p className={styles.size}>The beginning is shown; the file has all of it.</p>}
    </>
  );
}

/** The columns that have the tokens of the present text. */
function useReadyColumns() {
  const document = useTextState((state) => state.document);
  const tokenizers = useColumnTokenizers();
  const columns = useColumns();
  const ready = useMemo(
    () =>
      columns.flatMap(({ id, result }): ReadyColumn[] => {
        const tokenizer = tokenizers.find((one) => one.id === id);
        if (!tokenizer || result?.document !== document) return [];
        return [{ tokenizer, segmentation: result.segmentation }];
      }),
    [columns, tokenizers, document],
  );
  return { ready, document, isBusy: columns.some(({ busy }) => busy) };
}

/** The file, made again whenever something of it changes. */
function useMade(settings: Settings, ready: readonly ReadyColumn[], isBusy: boolean) {
  const { segmenter } = useLab();
  const own = useOwnTokenizers();
  const refOf = useRefs();
  const document = useTextState((state) => state.document);
  const ids = useTextState((state) => state.showIds);
  const whitespace = useTextState((state) => state.showWhitespace);
  const theme = useTheme();
  const writer = useMemo(() => new TokenWriter(() => segmenter.spawn('text-export')), [segmenter]);
  useEffect(() => () => writer.dispose(), [writer]);
  const { format } = settings;
  const isDrawn = format === 'svg' || format === 'png';
  const parts = [
    settings,
    document.key,
    ready.map(({ tokenizer }) => tokenizer.id),
    ...(isDrawn ? [ids, whitespace, theme] : []),
  ];
  const key = isBusy || ready.length === 0 ? '' : JSON.stringify(parts);
  return useAsked(
    key,
    async (signal, onProgress): Promise<Made & { format: Settings['format']; needsText?: boolean }> => {
      switch (format) {
        case 'csv':
        case 'json':
          return {
            format,
            ...(await makeTokenFile(format, ready, document, { writer, refOf, signal, onProgress })),
          };
        case 'markdown':
          return { format, ...makeMarkdown(ready) };
        case 'svg':
        case 'png':
          return { format, ...(await makeDrawing(format, ready, document, { ids, whitespace }, signal)) };
        case 'python': {
          const one = ready.find(({ tokenizer }) => tokenizer.id === settings.of) ?? ready[0]!;
          return { format, ...(await makePython(one, document, own)) };
        }
      }
    },
  );
}

/** Changes with the page's colours. */
function useTheme(): string {
  const [theme, setTheme] = useState('');
  useEffect(() => {
    const root = document.documentElement;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setTheme(`${root.dataset['theme'] ?? ''} ${dark.matches}`);
    read();
    const observer = new MutationObserver(read);
    observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
    dark.addEventListener('change', read);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', read);
    };
  }, []);
  return theme;
}
