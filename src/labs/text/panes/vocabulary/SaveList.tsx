import type { CallOptions } from '../../../../engine/rpc/client';
import type { SegmentProgress } from '../../../../engine/text/text.api';
import type { TokenPage } from '../../../../engine/text/vocabulary.api';
import { DownloadButton } from '../../../../views/export/DownloadButton';
import { type ExportTable, textFile, toCsv } from '../../../../views/export/table';
import { hexOf } from './words';

export interface SaveListProps {
  /** Of the file, without an ending. */
  readonly name: string;
  readonly total: number;
  readonly list: (from: number, options: CallOptions<SegmentProgress>, count: number) => Promise<TokenPage>;
  readonly other: string | undefined;
}

/** Saves all tokens that are listed. */
export function SaveList({ name, total, list, other }: SaveListProps) {
  const table = async (): Promise<ExportTable> => {
    const { rows } = await list(0, {}, total);
    return {
      columns: [
        'id',
        'spelling',
        'bytes_hex',
        'bytes',
        'script',
        'kinds',
        ...(other ? [`id_in_${other}`] : []),
      ],
      rows: rows.map((token) => [
        token.id,
        token.name,
        hexOf(token.bytes, token.bytes.length),
        token.bytes.length,
        token.script,
        token.kinds.join(' '),
        ...(other ? [token.counterpart ?? null] : []),
      ]),
    };
  };
  return (
    <DownloadButton name={`${name}.csv`} file={async () => textFile(toCsv(await table()), 'text/csv')}>
      Save as CSV
    </DownloadButton>
  );
}
