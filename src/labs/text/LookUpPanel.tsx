import { useEffect, useId, useState } from 'react';
import { isAborted, toWireError } from '../../core/errors';
import { tokenPieces } from '../../core/text/display';
import type { TokenEntry } from '../../core/text/tokens';
import { decodeUtf8 } from '../../core/text/utf8';
import type { LookUpQuery } from '../../engine/text/text.api';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import { useLab } from './context';
import styles from './LookUp.module.css';
import type { LabTokenizer } from './lab-tokenizers';
import { sourceOf } from './lab-tokenizers';

/** The answer of a vocabulary. */
interface Answer {
  readonly asked: string;
  readonly byId: readonly TokenEntry[];
  readonly byText: readonly TokenEntry[];
  readonly failure: string;
}

/** Asks one vocabulary: an id for its token, a token for its id. */
export function LookUpPanel({ tokenizer }: { readonly tokenizer: LabTokenizer }) {
  const [asked, setAsked] = useState('');
  const answer = useAnswer(tokenizer, asked);
  const field = useId();
  return (
    <div className={styles.panel}>
      <label htmlFor={field} className={styles.label}>
        Id or token of {tokenizer.label}
      </label>
      <input
        id={field}
        ref={focusOnOpen}
        className={styles.field}
        value={asked}
        placeholder="464 or “ the”"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => setAsked(event.currentTarget.value)}
      />
      <div role="status" className={styles.answers}>
        {answer && asked !== '' ? <Answers answer={answer} /> : null}
      </div>
    </div>
  );
}

/** The panel focuses the element with this attribute when it opens; React’s own `autoFocus` works only once. */
function focusOnOpen(input: HTMLInputElement | null): void {
  input?.setAttribute('autofocus', '');
}

function Answers({ answer }: { readonly answer: Answer }) {
  const { asked, byId, byText, failure } = answer;
  if (failure) return <p>{failure}</p>;
  if (byId.length === 0 && byText.length === 0) {
    return (
      <p>
        {idOf(asked) === undefined ? 'No token is spelled like this.' : 'No token has this id or spelling.'}
      </p>
    );
  }
  return (
    <dl className={styles.list}>
      {[...byId, ...byText].map((token) => (
        <div key={token.id} className={styles.token}>
          <dt>
            <span className={styles.spelling}>
              <TokenPieces pieces={tokenPieces(token.bytes, 0, token.bytes.length)} showWhitespace />
            </span>
          </dt>
          <dd>
            <span className="mono">{token.id}</span>
            {token.special ? <span className={styles.detail}>special</span> : null}
          </dd>
          {token.name === decodeUtf8(token.bytes) ? null : (
            <dd className={styles.detail} title="As the vocabulary spells it">
              <span className="mono">{token.name}</span>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** The latest question's answer; older ones are dropped. */
function useAnswer(tokenizer: LabTokenizer, asked: string): Answer | null {
  const { own, segmenter } = useLab();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { id, label } = tokenizer;
  useEffect(() => {
    if (asked === '') return;
    const controller = new AbortController();
    const ask = async () => {
      const spec = await sourceOf(id, own);
      if (!spec) return;
      const look = (query: LookUpQuery) => segmenter.lookUp({ id, label, spec }, query, controller.signal);
      const number = idOf(asked);
      const [byId, byText] = await Promise.all([
        number === undefined ? [] : look({ id: number }),
        look({ token: asked }),
      ]);
      setAnswer({ asked, byId, byText: byText.filter((token) => token.id !== number), failure: '' });
    };
    ask().catch((error: unknown) => {
      if (!isAborted(error)) setAnswer({ asked, byId: [], byText: [], failure: toWireError(error).message });
    });
    return () => controller.abort();
  }, [asked, id, label, own, segmenter]);
  return answer;
}

function idOf(asked: string): number | undefined {
  return /^\d{1,9}$/.test(asked.trim()) ? Number(asked) : undefined;
}
