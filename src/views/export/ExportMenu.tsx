import { Popover } from '../../ui/Popover';
import { RareIcon } from '../../ui/RareIcon';
import { CopyButton } from './CopyButton';
import { DownloadButton } from './DownloadButton';
import { pngOfSvg, svgOfElement } from './drawing';
import styles from './ExportMenu.module.css';
import { type ExportTable, textFile, toCsv, toJson, toMarkdown } from './table';

export interface ExportMenuProps {
  /** Of the files, without an ending: "tokens-by-language". */
  readonly name: string;
  /** Gives the figures, when they are asked for. */
  readonly table?: (() => ExportTable) | undefined;
  /** Gives the drawing on the page, or an SVG file; null while there is none. */
  readonly drawing?: (() => SVGSVGElement | string | null) | undefined;
}

/** What a view shows, to take along: its figures as CSV, JSON and Markdown, its drawing as SVG and PNG. */
export function ExportMenu({ name, table, drawing }: ExportMenuProps) {
  const svg = () => {
    const drawn = drawing?.() ?? null;
    if (drawn === null) throw new Error('There is nothing to draw yet.');
    return typeof drawn === 'string' ? drawn : svgOfElement(drawn);
  };
  return (
    <Popover label="Export" trigger={{ size: 'sm', icon: <RareIcon name="download" />, children: 'Export' }}>
      <div className={styles.menu}>
        {table ? (
          <>
            <DownloadButton
              variant="quiet"
              name={`${name}.csv`}
              file={() => textFile(toCsv(table()), 'text/csv')}
            >
              Figures as CSV
            </DownloadButton>
            <DownloadButton
              variant="quiet"
              name={`${name}.json`}
              file={() => textFile(toJson(table()), 'application/json')}
            >
              Figures as JSON
            </DownloadButton>
            <CopyButton variant="quiet" text={() => toMarkdown(table())}>
              Copy as Markdown table
            </CopyButton>
          </>
        ) : null}
        {drawing ? (
          <>
            <DownloadButton
              variant="quiet"
              name={`${name}.svg`}
              file={() => textFile(svg(), 'image/svg+xml')}
            >
              Drawing as SVG
            </DownloadButton>
            <DownloadButton variant="quiet" name={`${name}.png`} file={() => pngOfSvg(svg())}>
              Drawing as PNG
            </DownloadButton>
          </>
        ) : null}
      </div>
    </Popover>
  );
}
