import { formatInteger } from '../../ui/format';
import type { Reach } from './addresses';
import { Copyable } from './Copyable';
import { embedAddress, embedCode } from './embed-code';

export interface EmbedCodeProps {
  readonly url: string;
  readonly reach: Reach;
  /** False where the link does not hold the whole experiment. */
  readonly isWhole: boolean;
  /** The lab's. */
  readonly title: string;
  readonly height: number;
}

/** The code that shows the experiment on another page. */
export function EmbedCode({ url, reach, isWhole, title, height }: EmbedCodeProps) {
  if (!isWhole)
    return (
      <p>
        A frame shows what is in a link, and a link is too short for this experiment. A shorter text can be
        embedded.
      </p>
    );
  const code = embedCode({ url, title: `${title}: an experiment in Tokenoscope`, height });
  return (
    <Copyable label="Embed code" text={code} name="code">
      A frame with these pictures or columns, without the rest of the page; its address, the link included,
      has {formatInteger(embedAddress(url).length)} characters. Where scripts are not allowed, leave the
      script out: the frame then stays {height} pixels high.
      {reach === 'machine' ? ' As it is, it works on this machine only.' : null}
      {reach === 'network' ? ' As it is, it works in your network only.' : null}
    </Copyable>
  );
}
