import { usedTokens } from '../../../core/image/used-tokens';
import { Button } from '../../../ui/Button';
import { formatSignificant } from '../../../ui/format';
import { reveal } from '../../../ui/reveal';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState, useModel } from '../lab-context';
import type { Lane } from '../lane';
import styles from './NeedPanel.module.css';

/** What a model that decides itself which tokens a picture needs has decided; nothing for other models. */
export function OwnAnswer({ lane }: { readonly lane: Lane }) {
  const { session, stage } = useLab();
  const unused = useModel(lane)?.tokens.unused;
  const picture = useSignal(lane.opened);
  const k = useLabState((state) => state.k);
  if (!unused || !picture) return null;
  const { count, prefix } = usedTokens(picture.ids, unused.id);
  const error = formatSignificant(unused.error * 255);
  return (
    <div className={styles.own}>
      <p className={styles.figure}>
        <strong>{count}</strong> {count === 1 ? 'token' : 'tokens'} of {picture.ids.length} by its own answer
      </p>
      <p className={styles.how}>
        Its encoder decides which tokens it does without, in one pass, asked for pixels that are off by{' '}
        {error} of 255 on average.{' '}
        {prefix > count
          ? `The last that it uses is number ${prefix}.`
          : 'With more, the picture stays as it is.'}
      </p>
      {prefix > 0 ? (
        <Button
          size="sm"
          disabled={prefix === k}
          onClick={() => {
            session.setK(prefix);
            reveal(stage.get());
          }}
        >
          {prefix === k ? 'On screen' : 'Show its own'}
        </Button>
      ) : null}
    </div>
  );
}
