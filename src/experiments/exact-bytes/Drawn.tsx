import { type InlineToken, InlineTokens } from '../../views/token-text/InlineTokens';
import { huesOf } from './characters';
import type { Continuation, Cut } from './cut';
import styles from './View.module.css';

/** A text that was drawn in both ways, behind the end of the prompt. */
export function Drawn({ cut, prompt }: { readonly cut: Cut; readonly prompt: string }) {
  const kept = [...prompt].slice(0, cut.kept).join('');
  const rows = [
    { name: 'Exact', drawn: cut.drawn.exact, calls: cut.calls.exact },
    { name: 'Naive', drawn: cut.drawn.naive, calls: cut.calls.naive },
  ];
  return (
    <dl className={styles.drawn}>
      {rows.map(({ name, drawn, calls }) => (
        <div key={name}>
          <dt>
            {name}
            <small>
              {bytesOf(drawn)} bytes, {calls + drawn.calls} calls
            </small>
          </dt>
          <dd>
            <InlineTokens label={`${name}: what was drawn`} tokens={tokensOf(kept, drawn)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The end of the prompt in muted letters; a first token that begins within it in its own fill. */
function tokensOf(kept: string, { tokens, read }: Continuation): InlineToken[] {
  const hues = huesOf(tokens);
  const first = new TextDecoder().decode(tokens[0]?.subarray(0, read));
  const before = kept.slice(0, kept.length - first.length);
  return [
    { text: before.length > 24 ? `…${before.slice(-23)}` : before, hue: 0, emphasis: 'muted' },
    ...tokens.map((text, i): InlineToken => {
      const note = i === 0 && read > 0 ? 'begins within the prompt' : undefined;
      return {
        text,
        hue: hues[i]!,
        ...(note && { note, emphasis: 'strong' as const }),
      };
    }),
  ];
}

function bytesOf({ tokens, read }: Continuation): number {
  return tokens.reduce((sum, { length }) => sum + length, -read);
}
