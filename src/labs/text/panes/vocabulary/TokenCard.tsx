import type { TokenCard as Card, ListedToken, MergeNode } from '../../../../engine/text/vocabulary.api';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Icon } from '../../../../ui/Icon';
import { Spelling } from './Spelling';
import styles from './Vocabulary.module.css';
import { hexOf, KIND_WORDS, originSentence } from './words';

export interface TokenCardProps {
  readonly card: Card;
  readonly onOpen: (id: number) => void;
  readonly onClose: () => void;
}

/** One token: what it is, how texts give it, what it is made of and what is made with it. */
export function TokenCard({ card, onOpen, onClose }: TokenCardProps) {
  const { token, origin, tree, children, childCount, alike } = card;
  const kinds = token.kinds.map((kind) => KIND_WORDS[kind].filter.toLowerCase());
  return (
    <section className={styles.card} aria-label={`Token ${token.id}`}>
      <div className={styles.heading}>
        <span>
          Token <span className="mono">{token.id}</span>
        </span>
        <Button
          variant="quiet"
          size="sm"
          icon={<Icon name="close" />}
          aria-label="Close the token"
          onClick={onClose}
        />
      </div>
      <p className={styles.large}>
        <Spelling bytes={token.bytes} name={token.name} />
      </p>
      <dl className={styles.facts}>
        <dt>bytes in hex</dt>
        <dd className="mono">{token.bytes.length === 0 ? 'none' : hexOf(token.bytes)}</dd>
        <dt>spelled</dt>
        <dd className="mono">{token.name}</dd>
        <dt>script</dt>
        <dd>{token.script}</dd>
        {kinds.length > 0 ? (
          <>
            <dt>kind</dt>
            <dd>{kinds.join(', ')}</dd>
          </>
        ) : null}
      </dl>
      <p className={styles.origin}>{originSentence(origin)}</p>
      {tree?.halves ? (
        <>
          <h3 className={styles.subheading}>Merged from</h3>
          <ul className={styles.tree}>
            {tree.halves.map((half, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the left half and the right one
              <Branch key={i} node={half} onOpen={onOpen} />
            ))}
          </ul>
        </>
      ) : null}
      <Chips
        title={`Merged on into ${formatInteger(childCount)}`}
        tokens={children}
        more={childCount - children.length}
        onOpen={onOpen}
      />
      <Chips title="Alike but for case and leading space" tokens={alike} more={0} onOpen={onOpen} />
    </section>
  );
}

function Branch({ node, onOpen }: { readonly node: MergeNode; readonly onOpen: (id: number) => void }) {
  return (
    <li>
      <TokenButton token={node} onOpen={onOpen} />
      {node.halves ? (
        <ul>
          {node.halves.map((half, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the left half and the right one
            <Branch key={i} node={half} onOpen={onOpen} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Chips({
  title,
  tokens,
  more,
  onOpen,
}: {
  readonly title: string;
  readonly tokens: readonly ListedToken[];
  readonly more: number;
  readonly onOpen: (id: number) => void;
}) {
  if (tokens.length === 0) return null;
  return (
    <>
      <h3 className={styles.subheading}>{title}</h3>
      <ul className={styles.chips}>
        {tokens.map((token) => (
          <li key={token.id}>
            <TokenButton token={token} onOpen={onOpen} />
          </li>
        ))}
        {more > 0 ? <li className={styles.more}>and {formatInteger(more)} more</li> : null}
      </ul>
    </>
  );
}

function TokenButton({
  token,
  onOpen,
}: {
  readonly token: Pick<ListedToken, 'id' | 'bytes'>;
  readonly onOpen: (id: number) => void;
}) {
  return (
    <button type="button" className={styles.token} title={`id ${token.id}`} onClick={() => onOpen(token.id)}>
      <Spelling bytes={token.bytes} />
      <span className={styles.tokenId}>{token.id}</span>
    </button>
  );
}
