import { assignHues } from '../../core/hues';
import { More } from '../../views/experiment/More';
import { InlineTokens } from '../../views/token-text/InlineTokens';

interface TokensProps {
  readonly summary: string;
  readonly tokens: readonly Uint8Array[];
}

/** Tokens in the order in which they were learned, folded. */
export function Tokens({ summary, tokens }: TokensProps) {
  const hues = assignHues(tokens.map((_, i) => i));
  return (
    <More summary={summary}>
      <InlineTokens
        label="The first tokens in the order in which they were learned"
        tokens={tokens.map((text, i) => ({ text, hue: hues[i]! }))}
      />
    </More>
  );
}
