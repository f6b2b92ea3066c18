import { findTextTokenizer } from '../../../../catalog/tokenizers';
import { encodingOfId, isTokenizerFileId, sha256OfId } from '../../../../core/link/tokenizer-file';
import { decodeUtf8 } from '../../../../core/text/utf8';
import { TOOL_NAME, TOOL_VERSION } from '../../../../core/tool';
import type { TokenWriter } from '../../../../engine/text/export.client';
import type { Segmentation, SegmentProgress, TokenizerRef } from '../../../../engine/text/text.api';
import { textMeasures } from '../../../../measures/text-measures';
import { formatInteger } from '../../../../ui/format';
import { Colours, pngOfSvg } from '../../../../views/export/drawing';
import { withScriptFaces } from '../../../../views/export/script-faces';
import { type ExportTable, toMarkdown } from '../../../../views/export/table';
import type { TextDocument } from '../../documents';
import type { LabTokenizer } from '../../lab-tokenizers';
import type { OwnTokenizersState } from '../../own-tokenizers';
import { drawColumn } from './column-drawing';
import { columnsSvg, type DrawingColours } from './columns-svg';
import { type PythonLibrary, publishedLibrary } from './python/library';
import { IDS_LIMIT, pythonCode, TEXT_LIMIT } from './python/python-code';
import type { Settings } from './settings';

/** Tokens that are drawn, of a column. */
const DRAWN_LIMIT = 2000;

/** Tokens that a file of tokens holds, of all columns. */
const ROWS_LIMIT = 1_000_000;

/** A column that has its tokens. */
export interface ReadyColumn {
  readonly tokenizer: LabTokenizer;
  readonly segmentation: Segmentation;
}

/** What was made. */
export interface Made {
  readonly file: Blob;
  /** Its beginning, where it is text. */
  readonly text: string | null;
  /** What is said beside it: what was left out. */
  readonly note: string;
}

export interface MakeOptions {
  readonly writer: TokenWriter;
  readonly refOf: (tokenizer: LabTokenizer) => Promise<TokenizerRef | undefined>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SegmentProgress) => void;
}

const MADE_BY = `${TOOL_NAME} ${TOOL_VERSION}`;

/** Tokens of all columns, with where they are and what made them. */
export async function makeTokenFile(
  format: 'csv' | 'json',
  columns: readonly ReadyColumn[],
  document: TextDocument,
  { writer, refOf, signal, onProgress }: MakeOptions,
): Promise<Made> {
  const rows = columns.reduce((sum, { segmentation }) => sum + segmentation.tokens.ids.length, 0);
  if (rows > ROWS_LIMIT) {
    throw new RangeError(
      `These are ${formatInteger(rows)} tokens; a file holds up to ${formatInteger(ROWS_LIMIT)}. Remove columns, shorten the text, or use the command line: encode-text --offsets.`,
    );
  }
  const exported = [];
  for (const { tokenizer, segmentation } of columns) {
    const ref = format === 'json' ? await refOf(tokenizer) : undefined;
    const hash = ref && (await writer.hash(ref, { signal, onProgress }));
    const { ids, starts, ends } = segmentation.tokens;
    exported.push({
      id: tokenizer.id,
      label: tokenizer.label,
      ...{ ids, starts, ends },
      facts: {
        source: sourceOf(tokenizer),
        vocabularySize: segmentation.vocabularySize,
        ...(hash ? { vocabularySha256: hash } : {}),
      },
    });
  }
  const head = {
    madeBy: MADE_BY,
    textBytes: document.bytes.length,
    textSha256: (await sha256(document.bytes)) ?? '',
  };
  const bytes = await writer.write(
    { format, bytes: document.bytes, columns: exported, head },
    { signal, onProgress },
  );
  const type = format === 'csv' ? 'text/csv' : 'application/json';
  return {
    file: new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `${type};charset=utf-8` }),
    text: beginningOf(bytes),
    note: '',
  };
}

/** The measures of all columns as a Markdown table. */
export function makeMarkdown(columns: readonly ReadyColumn[]): Made {
  const measures = textMeasures.filter(({ short }) => short !== undefined);
  const table: ExportTable = {
    columns: ['Tokenizer', ...measures.map(({ short }) => short!)],
    rows: columns.map(({ tokenizer, segmentation }) => [
      tokenizer.label,
      ...measures.map(({ compute, isCount }) => {
        const value = compute(segmentation);
        return value === undefined ? null : isCount ? value : Number(value.toPrecision(4));
      }),
    ]),
  };
  const text = toMarkdown(table);
  return { file: new Blob([text], { type: 'text/markdown;charset=utf-8' }), text, note: '' };
}

/** The columns as they are drawn on the page. */
export async function makeDrawing(
  format: 'svg' | 'png',
  columns: readonly ReadyColumn[],
  document: TextDocument,
  show: { readonly ids: boolean; readonly whitespace: boolean },
  signal: AbortSignal,
): Promise<Made> {
  const width = columns.length === 1 ? 200 : columns.length === 2 ? 120 : 84;
  let left = 0;
  const headed = columns.map(({ tokenizer, segmentation }) => {
    const drawn = drawColumn(segmentation, document.bytes, { ...show, width, limit: DRAWN_LIMIT });
    const count = segmentation.tokens.ids.length;
    left = Math.max(left, count - drawn.tokens);
    const note = drawn.tokens < count ? `… ${formatInteger(count - drawn.tokens)} more tokens` : '';
    return {
      label: tokenizer.label,
      figures: `${formatInteger(count)} ${count === 1 ? 'token' : 'tokens'}`,
      drawn,
      note,
    };
  });
  const bare = columnsSvg(headed, width, show.ids, coloursOf(new Colours()));
  const svg = await withScriptFaces(bare, signal);
  const note =
    left > 0
      ? `The first ${formatInteger(DRAWN_LIMIT)} tokens of each column are drawn; more would be slow to open elsewhere.`
      : '';
  if (format === 'png') return { file: await pngOfSvg(svg), text: null, note };
  return { file: new Blob([svg], { type: 'image/svg+xml' }), text: null, note };
}

/** Python that makes one column's ids. */
export async function makePython(
  { tokenizer, segmentation }: ReadyColumn,
  document: TextDocument,
  own: OwnTokenizersState,
): Promise<Made & { readonly needsText: boolean }> {
  const { ids } = segmentation.tokens;
  const text = document.bytes.length <= TEXT_LIMIT ? decodeUtf8(document.bytes) : null;
  const library = await libraryOf(tokenizer, own);
  const hash = ids.length > IDS_LIMIT ? await sha256(new TextEncoder().encode(ids.join(','))) : undefined;
  const code = pythonCode({ label: tokenizer.label, library, text, ids, madeBy: MADE_BY, idsHash: hash });
  const file = 'file' in library ? ` It needs the file ${library.file} beside it.` : '';
  const note =
    text === null ? `The text is too long to be in the code: it is read from text.txt.${file}` : file.trim();
  return {
    file: new Blob([code], { type: 'text/x-python;charset=utf-8' }),
    text: code,
    note,
    needsText: text === null,
  };
}

async function libraryOf({ id, label }: LabTokenizer, own: OwnTokenizersState): Promise<PythonLibrary> {
  if (!isTokenizerFileId(id)) return publishedLibrary(id);
  const kind = own.tokenizers.find(({ sha256 }) => sha256 === sha256OfId(id))?.kind;
  if (kind === 'SentencePiece') return { kind: 'sentencepiece', file: label };
  if (kind === 'vocab.json + merges.txt') return { kind: 'pair' };
  if (kind !== 'tiktoken') return { kind: 'tokenizer.json', file: label };
  const { tiktokenEncodings } = await import('../../../../tokenizers/files/tiktoken-encodings');
  const size = own.tokenizers.find(({ sha256 }) => sha256 === sha256OfId(id))?.vocabularySize;
  const chosen = encodingOfId(id);
  const { pattern, normalizer } =
    tiktokenEncodings.find((encoding) => encoding.id === chosen) ??
    tiktokenEncodings.find(({ tokens, special }) => tokens + Object.keys(special()).length === size) ??
    tiktokenEncodings[0]!;
  return { kind: 'tiktoken-file', file: label, pattern, normalizer };
}

function sourceOf({ id, summary }: LabTokenizer): string {
  const entry = findTextTokenizer(id);
  if (!entry) return summary;
  const { source, homepage } = entry;
  if (!source) return homepage;
  return `${source.package ? `npm ${source.package}` : (source.downloadedFrom ?? homepage)}: ${source.files.join(', ')}`;
}

function coloursOf(colours: Colours): DrawingColours {
  return {
    canvas: colours.of('--canvas'),
    ink: colours.of('--ink'),
    ink3: colours.of('--ink-3'),
    line: colours.of('--line'),
    lineStrong: colours.of('--line-strong'),
    error: colours.of('--error'),
    errorWash: colours.of('--error-wash'),
    tokenInk: colours.of('--token-ink'),
    fills: Array.from({ length: 8 }, (_, i) => colours.of(`--token-${i}`)),
  };
}

/** Lower-case hex; undefined on plain http, where browsers offer no digest. */
async function sha256(bytes: Uint8Array): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  // Shared memory cannot be digested.
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Lines of a file that are shown. */
const PREVIEW = 12_000;

function beginningOf(bytes: Uint8Array): string {
  if (bytes.length <= PREVIEW) return decodeUtf8(bytes);
  const end = bytes.lastIndexOf(0x0a, PREVIEW);
  return decodeUtf8(bytes.subarray(0, end > 0 ? end + 1 : PREVIEW));
}

/** The ending of a format's file. */
export const ENDINGS: Readonly<Record<Settings['format'], string>> = {
  csv: 'csv',
  json: 'json',
  markdown: 'md',
  svg: 'svg',
  png: 'png',
  python: 'py',
};
