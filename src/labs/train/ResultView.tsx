import { useMemo } from 'react';
import { assignHues } from '../../core/hues';
import { tokenPieces } from '../../core/text/display';
import { Button } from '../../ui/Button';
import { formatBytes, formatInteger, formatSignificant } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { DownloadButton } from '../../views/export/DownloadButton';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import { useLab, useTrain } from './context';
import { secondsOf } from './figures';
import styles from './ResultView.module.css';
import type { Result } from './state';

/** The tokenizer that came out: figures, tokens, and what to do with it. */
export function ResultView() {
  const result = useTrain(({ results, shown }) => results.find(({ id }) => id === shown));
  return result ? <Shown result={result} /> : null;
}

function Shown({ result }: { readonly result: Result }) {
  const { session, host } = useLab();
  const { name, trained, file, ms, draft, isKept, id } = result;
  const { highlights } = trained;
  const isLib = draft.kind === 'lib';
  return (
    <section className={styles.result} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      <dl className={styles.figures}>
        <Figure name="vocabulary" value={formatInteger(trained.vocabulary)} unit="tokens" />
        <Figure
          name={isLib ? 'of the first 200 lines' : `of ${formatBytes(trained.bytes)} of text`}
          value={formatInteger(trained.tokens)}
          unit="tokens"
        />
        {isLib ? null : (
          <Figure
            name="on average"
            value={formatSignificant(trained.bytes / trained.tokens)}
            unit="bytes a token"
          />
        )}
        <Figure name="training" value={secondsOf(ms)} unit="" />
      </dl>
      {!isLib && trained.vocabulary < draft.size ? (
        <p className={styles.note}>
          {formatInteger(draft.size)} were wanted: this text has no more pairs that occur often enough.
        </p>
      ) : null}
      {trained.vocabulary > draft.size && !isLib ? (
        <p className={styles.note}>
          {formatInteger(draft.size)} were wanted: the characters of this text alone are more.
        </p>
      ) : null}
      <div className={styles.actions}>
        {host.giveFile ? (
          <Button
            size="sm"
            variant="primary"
            icon={<Icon name="compare" />}
            onClick={() => void host.giveFile?.('text', new File([file], name, { type: 'application/json' }))}
          >
            Open in the text lab
          </Button>
        ) : null}
        <DownloadButton name={trained.name} file={() => file}>
          {`Download ${trained.name}`}
        </DownloadButton>
        <Button size="sm" disabled={isKept} onClick={() => void session.keep(id)}>
          {isKept ? 'Kept in the library' : 'Keep in the library'}
        </Button>
      </div>
      {draft.kind === 'superbpe' ? (
        <Tokens
          heading={`Superwords: ${formatInteger(highlights.superwordCount)} tokens of several words`}
          tokens={highlights.superwords}
        />
      ) : null}
      <Tokens heading="The longest tokens" tokens={highlights.longest} />
      <Tokens heading={ENDS[draft.kind]} tokens={highlights.ends} />
    </section>
  );
}

const ENDS = {
  bpe: 'The newest tokens, the last one first',
  superbpe: 'The newest tokens, the last one first',
  wordpiece: 'The newest tokens, the last one first',
  unigram: 'The most likely tokens',
  lib: 'The best chunks',
} as const;

function Figure({
  name,
  value,
  unit,
}: {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
}) {
  return (
    <div>
      <dd>
        <strong>{value}</strong> {unit}
      </dd>
      <dt>{name}</dt>
    </div>
  );
}

function Tokens({ heading, tokens }: { readonly heading: string; readonly tokens: readonly Uint8Array[] }) {
  const hues = useMemo(() => assignHues(tokens.map((_, i) => i)), [tokens]);
  if (tokens.length === 0) return null;
  return (
    <div className={styles.tokens}>
      <h3>{heading}</h3>
      <ul>
        {tokens.map((bytes, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list of a result never changes
          <li key={i} style={{ background: `var(--token-${hues[i]})` }} dir="auto">
            <TokenPieces pieces={tokenPieces(bytes, 0, bytes.length)} showWhitespace />
          </li>
        ))}
      </ul>
    </div>
  );
}
