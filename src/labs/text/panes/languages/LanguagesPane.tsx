import { useCallback, useEffect, useId, useMemo, useState } from 'react';
import { fromWireError, isAborted, type TokenoscopeError, toWireError } from '../../../../core/errors';
import { utf8Length } from '../../../../core/text/utf8';
import { formatSignificant } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Segmented } from '../../../../ui/Segmented';
import { Select } from '../../../../ui/Select';
import { ExportMenu } from '../../../../views/export/ExportMenu';
import { useColumnTokenizers, useLab } from '../../context';
import { beginning } from '../../documents';
import { StudyWork } from '../../StudyWork';
import study from '../../study.module.css';
import { type Ask, useEachTokenizer } from '../../use-each-tokenizer';
import { usePaneSettings } from '../../use-pane-settings';
import { useSettledDocument } from '../../use-settled-document';
import { AllFigures } from './AllFigures';
import { Bars } from './Bars';
import { loadDeclaration } from './declaration-texts';
import { HeatMap } from './HeatMap';
import { LinesInput } from './LinesInput';
import {
  figuresOf,
  linesThatFit,
  type Parallel,
  parallelLines,
  sorted,
  summaryOf,
  toTable,
} from './parallel';
import { defaults, MAX_LINES_LENGTH, schema } from './settings';

/** What the same text takes in many languages, for every tokenizer of the columns. */
export function LanguagesPane() {
  const { segmenter } = useLab();
  const tokenizers = useColumnTokenizers();
  const [settings, set] = usePaneSettings('languages', schema, defaults);
  const { source, view, figure, sort } = settings;
  const declaration = useDeclaration(source === 'declaration');
  const document = useSettledDocument();
  const textLines = useMemo(
    () => linesThatFit(beginning(document, 4 * MAX_LINES_LENGTH), MAX_LINES_LENGTH),
    [document],
  );
  const shownLines = settings.lines ?? textLines;
  const lines = useMemo(() => parallelLines(shownLines), [shownLines]);
  const parallel = source === 'declaration' ? declaration.texts : lines.rows.length > 0 ? lines : undefined;
  const ask = useMemo<Ask<Uint32Array> | null>(
    () =>
      parallel
        ? (tokenizer, options) => segmenter.count({ tokenizer, texts: parallel.texts }, options)
        : null,
    [parallel, segmenter],
  );
  const answers = useEachTokenizer(ask);
  const sortId = useId();
  const byId = useId();

  const at = Math.max(
    0,
    settings.by === null
      ? tokenizers.findIndex(({ id }) => id === 'o200k')
      : tokenizers.findIndex(({ id }) => id === settings.by),
  );
  const chosen = tokenizers[at];
  // An answer to an older question has another number of languages.
  const counts = tokenizers.map(({ id }) => {
    const { value } = answers.of(id);
    return value?.length === parallel?.rows.length ? value : undefined;
  });
  const figures = parallel ? figuresOf(parallel, counts) : [];
  const summary = summaryOf(figures, at);
  const groups = sorted(figures, sort, at);
  const labels = tokenizers.map(({ label }) => label);
  const choose = (index: number) => set({ by: tokenizers[index]?.id ?? null });
  const shared = { groups, labels, at };

  if (tokenizers.length === 0) {
    return <p className={study.empty}>No tokenizer is chosen. Add one above to compare languages.</p>;
  }
  return (
    <div className={study.pane}>
      <div className={study.controls}>
        <Segmented
          label="What to compare"
          size="sm"
          options={[
            { value: 'declaration', label: 'Universal Declaration' },
            { value: 'lines', label: 'Your own lines' },
          ]}
          value={source}
          onChange={(value) => set({ source: value })}
        />
        <Segmented
          label="How to show it"
          size="sm"
          options={[
            { value: 'map', label: 'Heat map' },
            { value: 'bars', label: 'Bars' },
          ]}
          value={view}
          onChange={(value) => set({ view: value })}
        />
        <Segmented
          label="Figure"
          size="sm"
          options={[
            { value: 'premium', label: 'Premium' },
            { value: 'tokens', label: 'Tokens' },
          ]}
          value={figure}
          onChange={(value) => set({ figure: value })}
        />
        <div className={study.field}>
          <label htmlFor={sortId}>Sort by</label>
          <Select
            id={sortId}
            value={sort}
            options={[
              ...(source === 'declaration'
                ? [{ id: 'script', name: 'script' }]
                : [{ id: 'script', name: 'premium, ascending' }]),
              ...(source === 'declaration' ? [{ id: 'premium', name: 'premium' }] : []),
              { id: 'name', name: 'name' },
            ]}
            onChange={(value) => set({ sort: value as typeof sort })}
          />
        </div>
        <div className={study.field}>
          <label htmlFor={byId}>Tokenizer</label>
          <Select
            id={byId}
            value={chosen?.id ?? ''}
            options={tokenizers.map(({ id, label }) => ({ id, name: label }))}
            onChange={(id) => set({ by: id })}
          />
        </div>
        <div className={study.end}>
          {summary ? <ExportMenu name="languages" table={() => toTable(figures, labels)} /> : null}
        </div>
      </div>
      {source === 'lines' ? (
        <LinesInput
          lines={shownLines}
          isText={settings.lines === null}
          isCut={utf8Length(textLines) < document.bytes.length}
          onChange={(value) => set({ lines: value })}
        />
      ) : null}
      {declaration.error && source === 'declaration' ? (
        <Notice tone="error" title={declaration.error.message} onRetry={declaration.retry}>
          {declaration.error.hint}
        </Notice>
      ) : null}
      <StudyWork label="Counting tokens" tokenizers={tokenizers} answers={answers} />
      {summary && parallel && chosen ? (
        <p className={study.lead}>
          {source === 'declaration' ? 'The same 30 articles in every language. ' : ''}
          <strong>{chosen.label}</strong> takes a median of{' '}
          <strong>{formatSignificant(summary.median)} tokens</strong> for each token of {parallel.reference},
          and most for {summary.worst.row.name}:{' '}
          <strong>{formatSignificant(summary.worst.premiums[at]!)}</strong>.
          {summary.cheaper > 0 ? ` ${summary.cheaper} of ${figures.length - 1} take fewer.` : ''}
        </p>
      ) : null}
      {parallel && view === 'map' ? (
        <HeatMap {...shared} figure={figure} reference={parallel.reference} onChoose={choose} />
      ) : null}
      {parallel && view === 'bars' ? (
        <Bars {...shared} figure={figure} reference={parallel.reference} />
      ) : null}
      {parallel && summary ? <AllFigures figures={figures} labels={labels} /> : null}
      {source === 'declaration' ? <Terms /> : null}
    </div>
  );
}

function Terms() {
  return (
    <p className={study.small}>
      Universal Declaration of Human Rights, translations published by the United Nations (OHCHR), by way of{' '}
      <a href="https://www.unicode.org/udhr/">UDHR in Unicode</a>. Premium: tokens in a language divided by
      the tokens in English for the same articles.
    </p>
  );
}

interface Declaration {
  readonly texts: Parallel | undefined;
  readonly error: TokenoscopeError | undefined;
  readonly retry: () => void;
}

/** The declaration, once it is wanted. */
function useDeclaration(isWanted: boolean): Declaration {
  const [texts, setTexts] = useState<Parallel>();
  const [error, setError] = useState<TokenoscopeError>();
  const [tries, setTries] = useState(0);
  const isNeeded = isWanted && texts === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another request
  useEffect(() => {
    if (!isNeeded) return;
    const controller = new AbortController();
    setError(undefined);
    loadDeclaration(controller.signal).then(setTexts, (cause) => {
      if (!controller.signal.aborted && !isAborted(cause)) setError(fromWireError(toWireError(cause)));
    });
    return () => controller.abort();
  }, [isNeeded, tries]);
  return { texts, error, retry: useCallback(() => setTries((count) => count + 1), []) };
}
