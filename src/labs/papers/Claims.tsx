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
            <p>{claim.text}</p>
            <dl className={styles.pair}>
              <div>
                <dt>
                  {theirs}, {claim.where}
                </dt>
                <dd>
                  {formatFigure(claim.number)} <Unit unit={claim.unit} />
                </dd>
              </div>
              <div data-own data-result>
                <dt>Here, now</dt>
                <dd>
                  {figure?.value === undefined ? '–' : formatFigure(figure.value)}{' '}
                  <Unit unit={figure?.unit ?? claim.unit} />
                </dd>
              </div>
            </dl>
            {figure?.missing ? <p className={styles.missing}>{figure.missing}</p> : null}
          </div>
        );
      })}
    </section>
  );
}

function Unit({ unit }: { readonly unit: string }) {
  return <small data-long={unit.length > 2 || undefined}>{unit}</small>;
}
