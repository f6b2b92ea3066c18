import { useEffect, useState } from 'react';
import { type Citation, toBibtex } from '../../core/citation';
import type { LabInstance } from '../../labs/lab';
import { Copyable } from './Copyable';
import { citeTool } from './cite';

export interface CiteProps {
  readonly url: string;
  /** Null where the lab is not here yet. */
  readonly instance: LabInstance | null;
}

/** BibTeX for this tool and for what the experiment builds on. */
export function Cite({ url, instance }: CiteProps) {
  const [used, setUsed] = useState<readonly Citation[] | 'failed' | null>(null);
  useEffect(() => {
    let isWanted = true;
    (instance?.cite?.() ?? Promise.resolve([])).then(
      (citations) => isWanted && setUsed(citations),
      () => isWanted && setUsed('failed'),
    );
    return () => {
      isWanted = false;
    };
  }, [instance]);
  if (used === null) return null;
  const isWhole = used !== 'failed';
  return (
    <Copyable label="BibTeX" text={toBibtex([citeTool(url), ...(isWhole ? used : [])])} name="BibTeX">
      {isWhole
        ? 'This tool, and what the experiment uses: the papers that are known here, else where it is published.'
        : 'This tool. What the experiment uses could not be listed: check the connection, then open this again.'}
    </Copyable>
  );
}
