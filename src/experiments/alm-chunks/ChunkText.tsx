import { useState } from 'react';
import { tokenPieces } from '../../core/text/display';
import { Button } from '../../ui/Button';
import { formatInteger } from '../../ui/format';
import { TokenPieces } from '../../views/token-text/TokenPieces';
import type { Chunks } from './align';
import styles from './ChunkText.module.css';
import type { Drawn } from './experiment';

/** Chunks that are drawn until the rest is asked for. */
const FIRST = 120;

export interface ChunkTextProps {
  readonly chunks: Chunks;
  readonly drawn: Drawn;
}

/** The text chunk by chunk: the teacher's tokens above, the student's below, and how many where these are not one each. */
export function ChunkText({ chunks, drawn }: ChunkTextProps) {
  const [isWhole, setWhole] = useState(false);
  const { bytes } = drawn;
  const inReach = chunks.ends.filter((end, i) => i === 0 || end <= bytes.length).length;
  const count = isWhole ? inReach : Math.min(inReach, FIRST);
  const cursors = { teacher: 0, student: 0 };
  const columns = Array.from({ length: count }, (_, i) => {
    const from = i === 0 ? 0 : chunks.ends[i - 1]!;
    const to = Math.min(chunks.ends[i]!, bytes.length);
    const cut = (who: 'teacher' | 'student') => {
      const ends = drawn[who];
      const places: number[] = [];
      for (; ends[cursors[who]]! < to; cursors[who]++)
        if (ends[cursors[who]]! > from) places.push(ends[cursors[who]]!);
      return [from, ...new Set(places), to];
    };
    const [teacher, student] = [chunks.teacher[i]!, chunks.student[i]!];
    return { from, teacher, student, rows: { teacher: cut('teacher'), student: cut('student') } };
  });
  return (
    <div>
      <ol className={styles.chunks} aria-label="Chunks: the teacher's tokens, then the student's">
        {columns.map(({ from, teacher, student, rows }) => (
          <li key={from} className={styles.chunk} data-even={(teacher === 1 && student === 1) || undefined}>
            <Row bytes={bytes} places={rows.teacher} />
            <Row bytes={bytes} places={rows.student} />
            <span className={styles.ratio}>
              {teacher === 1 && student === 1 ? null : (
                <>
                  <span aria-hidden="true">
                    {formatInteger(teacher)}:{formatInteger(student)}
                  </span>
                  <span className="visually-hidden">
                    , {teacher} against {student} tokens
                  </span>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {count < chunks.ends.length ? (
        <p className={styles.rest}>
          {formatInteger(count)} of {formatInteger(chunks.ends.length)} chunks.{' '}
          {count < inReach ? (
            <Button size="sm" variant="quiet" onClick={() => setWhole(true)}>
              Show {formatInteger(inReach)}
            </Button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** The tokens of one tokenizer in one chunk. */
function Row({ bytes, places }: { readonly bytes: Uint8Array; readonly places: readonly number[] }) {
  return (
    <span className={styles.row}>
      {places.slice(1).map((to, i) => (
        <span key={to} className={styles.token}>
          <TokenPieces pieces={tokenPieces(bytes, places[i]!, to)} showWhitespace={false} />
        </span>
      ))}
    </span>
  );
}
