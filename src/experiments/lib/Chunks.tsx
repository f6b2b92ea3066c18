import { formatInteger } from '../../ui/format';
import found from '../../views/experiment/pieces.module.css';

interface ChunksProps {
  readonly chunks: readonly { readonly text: string; readonly count?: number }[];
}

/** Chunks as a list, with how often each is used where that is known. Spaces at their ends are seen. */
export function Chunks({ chunks }: ChunksProps) {
  if (chunks.length === 0) return <p className={found.why}>None.</p>;
  return (
    <ul className={found.list}>
      {chunks.map(({ text, count }) => (
        <li key={text}>
          <code>{text.replace(/^ | $/g, '␣')}</code>
          {count === undefined ? null : <span>{formatInteger(count)}</span>}
        </li>
      ))}
    </ul>
  );
}
