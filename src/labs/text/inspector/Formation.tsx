import type { Formation as FormationFacts, ScoredPath } from '../../../core/text/token-explanation';
import { cx } from '../../../ui/cx';
import { formatInteger, formatSignificant } from '../../../ui/format';
import { MergeTree } from '../../../views/token-text/MergeTree';
import { NameChip } from './NameChip';
import styles from './TokenInspector.module.css';

/** How a token was formed: a sentence, and the steps. */
export function Formation({ formation }: { readonly formation: FormationFacts }) {
  switch (formation.kind) {
    case 'merges': {
      const { symbols, merges } = formation;
      return (
        <>
          <p>
            Byte-pair encoding made it of {formatInteger(symbols.length)} symbols in{' '}
            {formatInteger(merges.length)} {merges.length === 1 ? 'merge' : 'merges'}. The number below a
            merge is its rank: low ranks, learned first, are merged first.
          </p>
          <MergeTree symbols={symbols} merges={merges} />
          <MergeList formation={formation} />
        </>
      );
    }
    case 'paths':
      return (
        <>
          <p>
            Unigram weighs all ways to cut <q dir="auto">{formation.piece}</q>. The one with the highest score
            is used; a score is the sum of its tokens’ log probabilities.
          </p>
          <ol className={styles.paths}>
            {formation.paths.map((path, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the paths of one piece never move
              <Path key={i} path={path} best={formation.paths[0]!.score} isUsed={i === 0} />
            ))}
          </ol>
        </>
      );
    case 'greedy':
      return <Greedy {...formation} />;
    case 'whole':
      return formation.isSymbol ? (
        <p>It is one of the symbols that merging begins with: nothing had to be merged.</p>
      ) : (
        <p>The vocabulary holds this stretch of the text whole, so it was taken as it is.</p>
      );
    case 'none':
      return <p>This tokenizer looks its pieces up; it neither merges nor scores them.</p>;
    case 'too-long':
      return (
        <p>
          It is part of a stretch of {formatInteger(formation.bytes)} bytes that is tokenized as one, which is
          too long to be traced here. Shorten the text around it to see how it was formed.
        </p>
      );
  }
}

function MergeList({ formation }: { readonly formation: FormationFacts & { readonly kind: 'merges' } }) {
  const { symbols, merges } = formation;
  const now = symbols.map(({ name }) => name);
  const steps = merges.map(({ name, rank, left, right }) => {
    const step = { parts: [now[left]!, now[right]!] as const, name, rank, key: `${left} ${right}` };
    now[left] = name;
    return step;
  });
  return (
    <details className={styles.more}>
      <summary>The merges in order</summary>
      <ol className={styles.merges}>
        {steps.map(({ parts, name, rank, key }) => (
          <li key={key}>
            <NameChip name={parts[0]} /> + <NameChip name={parts[1]} /> → <NameChip name={name} />
            <span className={styles.figure}>rank {formatInteger(rank)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Path({
  path,
  best,
  isUsed,
}: {
  readonly path: ScoredPath;
  readonly best: number;
  readonly isUsed: boolean;
}) {
  return (
    <li className={cx(isUsed && styles.used)}>
      <span className={styles.chips}>
        {path.tokens.map(({ name, score }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <NameChip key={i} name={name} title={`log probability ${formatScore(score)}`} />
        ))}
      </span>
      <span className={styles.figure}>
        {formatScore(path.score)}
        <small>{isUsed ? 'used' : lessLikely(best - path.score)}</small>
      </span>
    </li>
  );
}

function lessLikely(difference: number): string {
  if (difference < 0.005) return 'as likely';
  const factor = Math.exp(difference);
  return `${factor < 1e6 ? formatFactor(factor) : `10${superscript(Math.floor(difference / Math.LN10))}`}× less likely`;
}

function formatFactor(factor: number): string {
  return factor < 1000 ? formatSignificant(factor) : formatInteger(Number(factor.toPrecision(2)));
}

function superscript(value: number): string {
  return Array.from(String(value), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

/** A log probability with a real minus. */
export function formatScore(score: number): string {
  return `${score < 0 ? '−' : ''}${Math.abs(score).toFixed(2)}`;
}

function Greedy({ word, matches, known }: FormationFacts & { readonly kind: 'greedy' }) {
  return (
    <>
      <p>
        WordPiece reads <q dir="auto">{word}</q> from the left and takes the longest entry that fits, again
        and again.
      </p>
      <ol className={styles.greedy}>
        {matches.map(({ id, name, from, to }) => (
          <li key={from}>
            <span className={styles.word} dir="auto">
              <span className={styles.done}>{word.slice(0, from)}</span>
              <mark>{word.slice(from, to)}</mark>
              {word.slice(to)}
            </span>
            <span>
              → <NameChip name={name} /> <span className={styles.figure}>id {id}</span>
            </span>
          </li>
        ))}
      </ol>
      {known ? null : (
        <p>
          {matches.length === 0 ? 'No entry fits at its beginning' : 'After that nothing fits'}, so the whole
          word becomes the unknown token.
        </p>
      )}
    </>
  );
}
