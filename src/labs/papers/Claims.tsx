import { useMemo } from 'react';
import type { Paper } from '../../experiments/paper';
import { formatFigure } from '../../ui/format';
import styles from './Claims.module.css';
import { useFigures } from './use-figures';

/** What the paper claims, and the same figure as it came out here a moment ago. */
export function Claims({ paper }: { readonly paper: Paper }) {
  const figures = useFigures();
  const byId = useMemo(() => new Map(figures?.map((figure) => [figure.id, figure])), [figures]);
  const theirs = paper.origin.kind === 'paper' ? 'Paper' : 'Known';
  return (
    <section className={styles.claims} aria-label="Claims, and what came out here">
      {paper.claims.map((claim) => {
        const figure = byId.get(claim.figure);
        return (
          <div key={claim.text} className={styles.claim}>
            <p>{unbroken(claim.text)}</p>
            <dl className={styles.pair}>
              <div>
                <dt>
                  {theirs}, {claim.where}
                </dt>
                <dd>
                  {formatFigure(claim.number)}
                  <Unit unit={claim.unit} />
                </dd>
              </div>
              <div data-own data-result>
                <dt>Here, now</dt>
                <dd>
                  {figure?.value === undefined ? '–' : formatFigure(figure.value)}
                  <Unit unit={figure?.unit ?? claim.unit} />
                </dd>
              </div>
            </dl>
            {figure?.note ? <p className={styles.note}>{figure.note}</p> : null}
          </div>
        );
      })}
    </section>
  );
}

/** A number and its % stay on one line. */
function unbroken(text: string): string {
  return text.replaceAll(' %', '\u00a0%');
}

function Unit({ unit }: { readonly unit: string }) {
  // The space is for those who hear or copy it.
  return <small data-long={unit.length > 2 || undefined}> {unit}</small>;
}
