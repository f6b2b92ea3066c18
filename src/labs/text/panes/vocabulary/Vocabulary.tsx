import { useCallback } from 'react';
import type { CallOptions } from '../../../../engine/rpc/client';
import type { SegmentProgress } from '../../../../engine/text/text.api';
import type { ListArgs, TokenPage } from '../../../../engine/text/vocabulary.api';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { Progress } from '../../../../ui/Progress';
import { useColumnTokenizers } from '../../context';
import type { LabTokenizer } from '../../lab-tokenizers';
import { type Asked, useAsked } from '../../use-asked';
import { usePaneSettings } from '../../use-pane-settings';
import { useRefs } from '../../use-refs';
import { Filters } from './Filters';
import { Lengths } from './Lengths';
import { SaveList } from './SaveList';
import { DEFAULTS, type Settings, schema } from './settings';
import { TokenCard } from './TokenCard';
import { TokenList } from './TokenList';
import { PAGE, usePages } from './use-pages';
import { useReader } from './use-reader';
import styles from './Vocabulary.module.css';

/** Milliseconds without a key before a search begins. */
const PAUSE = 150;

/** The vocabulary of one of the columns' tokenizers. */
export function Vocabulary() {
  const tokenizers = useColumnTokenizers().filter(({ isMissing }) => !isMissing);
  const [settings, set] = usePaneSettings('vocabulary', schema, DEFAULTS);
  const tokenizer = tokenizers.find(({ id }) => id === settings.of) ?? tokenizers[0];
  if (!tokenizer) {
    return <p className={styles.empty}>No tokenizer is chosen. Add one above to see its vocabulary.</p>;
  }
  return <Browser tokenizers={tokenizers} tokenizer={tokenizer} settings={settings} set={set} />;
}

interface BrowserProps {
  readonly tokenizers: readonly LabTokenizer[];
  readonly tokenizer: LabTokenizer;
  readonly settings: Settings;
  readonly set: (changes: Partial<Settings>) => void;
}

function Browser({ tokenizers, tokenizer, settings, set }: BrowserProps) {
  const reader = useReader();
  const refOf = useRefs();
  const other = tokenizers.find(({ id }) => id === settings.other && id !== tokenizer.id);
  const facts = useAsked(tokenizer.id, async (signal, onProgress) => {
    const ref = await wanted(refOf(tokenizer));
    return reader.open(ref, { signal, onProgress });
  });
  const query = queryOf(settings, other !== undefined);
  const sheet = JSON.stringify([tokenizer.id, other?.id, query]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `sheet` says which tokenizers and which query
  const list = useCallback(
    async (from: number, options: CallOptions<SegmentProgress>, count = PAGE): Promise<TokenPage> => {
      const ref = await wanted(refOf(tokenizer));
      const compared = other && (await wanted(refOf(other)));
      return reader.list({ tokenizer: ref, other: compared, ...query, from, count }, options);
    },
    [sheet, reader, refOf],
  );
  const found = useAsked(
    sheet,
    async (signal, onProgress) => ({ sheet, ...(await list(0, { signal, onProgress })) }),
    PAUSE,
  );
  const page = found.value?.sheet === sheet ? found.value : undefined;
  const { rowAt, onView } = usePages(
    page,
    useCallback((from, signal) => list(from, { signal }), [list]),
  );
  const cardKey = settings.token < 0 ? '' : `${tokenizer.id} ${settings.token}`;
  const card = useAsked(cardKey, async (signal, onProgress) => {
    const ref = await wanted(refOf(tokenizer));
    return { key: cardKey, card: await reader.describe(ref, settings.token, { signal, onProgress }) };
  });
  const open = useCallback((id: number) => set({ token: id }), [set]);
  const shown = page ?? (found.busy ? undefined : found.value);
  return (
    <div className={styles.vocabulary}>
      <Filters
        settings={settings}
        set={set}
        tokenizers={tokenizers}
        tokenizer={tokenizer}
        other={other}
        facts={facts.value}
      />
      <div className={styles.status}>
        <p role="status">{page ? countSentence(page.total, facts.value?.count, tokenizer.label) : ''}</p>
        {page && page.total > 0 ? (
          <SaveList name={`${tokenizer.id}-vocabulary`} total={page.total} list={list} other={other?.label} />
        ) : null}
      </div>
      <Waiting asked={found} />
      {found.error ? (
        <Notice tone="error" title={found.error.message}>
          {found.error.hint}
        </Notice>
      ) : null}
      <div className={styles.body}>
        <div className={styles.main}>
          {shown && shown.total > 0 ? (
            <TokenList
              label={`Tokens of ${tokenizer.label}`}
              total={shown.total}
              rowAt={rowAt}
              onView={onView}
              open={settings.token}
              onOpen={open}
              other={other?.label}
              sheet={sheet}
            />
          ) : shown ? (
            <p className={styles.empty}>No token fits. Take a filter back, or search for less.</p>
          ) : (
            <div className={styles.listing} aria-busy="true" />
          )}
        </div>
        <aside className={styles.side} aria-label="Of these tokens">
          {card.value?.key === cardKey && card.value.card ? (
            <TokenCard card={card.value.card} onOpen={open} onClose={() => set({ token: -1 })} />
          ) : cardKey !== '' ? (
            <CardState asked={card} isMissing={card.value?.key === cardKey} />
          ) : (
            <p className={styles.hint}>Choose a token to see its merges, and which texts give it.</p>
          )}
          {page && page.total > 0 ? <Lengths lengths={page.lengths} name={tokenizer.id} /> : null}
        </aside>
      </div>
    </div>
  );
}

function CardState({ asked, isMissing }: { readonly asked: Asked<unknown>; readonly isMissing: boolean }) {
  if (isMissing) return <p className={styles.hint}>This vocabulary has no token with that id.</p>;
  if (asked.error) return <Notice tone="error" title={asked.error.message} />;
  return asked.progress ? <Progress label="Reading merges" {...shareOf(asked)} /> : null;
}

/** How far the work is, and the way to stop it. */
function Waiting({ asked }: { readonly asked: Asked<unknown> & { readonly stop: () => void } }) {
  const { busy, progress, value } = asked;
  // A list that is there stays in its place while it is searched.
  if (!busy || (!progress && value)) return null;
  return (
    <div className={styles.waiting}>
      <Progress
        label={progress?.phase !== 'encode' ? 'Loading the vocabulary' : 'Going through the vocabulary'}
        {...shareOf(asked)}
      />
      <Button size="sm" onClick={asked.stop}>
        Stop
      </Button>
    </div>
  );
}

function shareOf({ progress }: Asked<unknown>) {
  if (progress?.phase === 'load') return { loaded: progress.loaded, total: progress.total };
  return progress ? { share: progress.share } : {};
}

function countSentence(total: number, all: number | undefined, label: string): string {
  if (all === undefined || total === all) return `${formatInteger(total)} tokens in ${label}`;
  return `${formatInteger(total)} of ${formatInteger(all)} tokens in ${label}`;
}

function queryOf(
  { by, find, script, kinds, min, max, set, order }: Settings,
  hasOther: boolean,
): Pick<ListArgs, 'selection' | 'set' | 'order'> {
  const compares = set === 'shared' || set === 'moved' || set === 'only';
  return {
    selection: { by, value: find, script, kinds, min, max: max || Number.MAX_SAFE_INTEGER },
    set: compares && !hasOther ? 'all' : set,
    order,
  };
}

async function wanted<T>(ref: Promise<T | undefined>): Promise<T> {
  const found = await ref;
  if (found === undefined)
    throw new Error('The tokenizer’s file is no longer in this browser. Add it again.');
  return found;
}
