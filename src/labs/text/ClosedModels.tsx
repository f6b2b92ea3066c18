import { useEffect, useId, useRef, useState } from 'react';
import { estimateTokens, type TokenEstimate, tokenEstimates } from '../../catalog/estimates';
import { findTextTokenizer } from '../../catalog/tokenizers';
import { Button } from '../../ui/Button';
import { formatInteger } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Progress } from '../../ui/Progress';
import styles from './ClosedModels.module.css';
import { useTokenCount } from './use-counts';

const BASES = [...new Set(tokenEstimates.map(({ of }) => of))];

/** Models without a public tokenizer: about how many tokens they take, by whom, and how far off that may be. */
export function ClosedModels() {
  const panel = useId();
  const section = useRef<HTMLElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const popover = section.current?.closest<HTMLElement>('[popover]');
    // A closed menu counts nothing.
    const close = (event: ToggleEvent) => {
      if (event.newState === 'closed') setOpen(false);
    };
    popover?.addEventListener('toggle', close);
    return () => popover?.removeEventListener('toggle', close);
  }, []);
  return (
    <section ref={section} className={styles.section}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={panel}
        onClick={() => setOpen(!isOpen)}
      >
        <span>Closed models: an estimate</span>
        <span className={styles.chevron}>
          <Icon name="down" size={14} />
        </span>
      </button>
      <div id={panel} hidden={!isOpen}>
        {isOpen ? <Estimates /> : null}
      </div>
    </section>
  );
}

function Estimates() {
  return (
    <>
      <p className={styles.why}>
        These tokenizers are not public. Their counts are estimated from one that is; where they cut a text is
        unknown.
      </p>
      <ul className={styles.list}>
        {BASES.map((of) => (
          <EstimatesOf key={of} of={of} />
        ))}
      </ul>
    </>
  );
}

/** Those of one tokenizer, which is asked once. */
function EstimatesOf({ of }: { readonly of: string }) {
  const count = useTokenCount(of);
  return tokenEstimates
    .filter((estimate) => estimate.of === of)
    .map((estimate) => (
      <li key={estimate.id}>
        <Estimate estimate={estimate} count={count} />
      </li>
    ));
}

interface EstimateProps {
  readonly estimate: TokenEstimate;
  /** Of the tokenizer that it is an estimate of. */
  readonly count: ReturnType<typeof useTokenCount>;
}

function Estimate({ estimate, count: { tokens, progress, failure, retry } }: EstimateProps) {
  const { label, publisher, of, factor, low, high, measuredOn, sources } = estimate;
  const base = findTextTokenizer(of)?.label ?? of;
  const count = tokens === undefined ? undefined : estimateTokens(estimate, tokens);
  const isExact = low === high;
  return (
    <article className={styles.estimate} aria-label={label}>
      <p className={styles.head}>
        <strong>{label}</strong>
        <span className={styles.publisher}>{publisher}</span>
      </p>
      <div role="status">
        {count ? (
          <p className={styles.count}>
            about <b>{formatInteger(count.about)}</b> tokens{' '}
            {isExact ? null : (
              <span className={styles.band}>
                {formatInteger(count.low)} to {formatInteger(count.high)}
              </span>
            )}
          </p>
        ) : null}
        {failure ? (
          <p className={styles.failure}>
            {failure}{' '}
            <Button size="sm" onClick={retry}>
              Try again
            </Button>
          </p>
        ) : null}
      </div>
      {count || failure ? null : (
        <Progress
          label={progress?.phase === 'encode' ? 'Tokenizing the text' : `Loading ${base}`}
          {...(progress?.phase === 'load' ? { loaded: progress.loaded, total: progress.total } : {})}
          share={progress?.phase === 'encode' ? progress.share : undefined}
        />
      )}
      <p className={styles.how}>
        {isExact ? `As ${base} counts.` : `${base} × ${factor}, at least × ${low}, at most × ${high}.`}{' '}
        {measuredOn}
      </p>
      <details className={styles.sources}>
        <summary>{sources.length === 1 ? 'Source' : `${sources.length} sources`}</summary>
        <ul>
          {sources.map(({ says, url, date }) => (
            <li key={url}>
              {says}{' '}
              <a href={url} target="_blank" rel="noreferrer">
                {new URL(url).hostname.replace(/^www\./, '')}
              </a>
              , <time dateTime={date}>{date}</time>
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}
