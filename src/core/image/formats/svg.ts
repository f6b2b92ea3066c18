import type { PictureInfo } from './bytes';

/** CSS absolute units in px. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
};

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).find(Boolean);
}

function length(value: string | undefined): number | undefined {
  const match = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(value ?? '');
  const unit = match && UNITS[match[2]!.toLowerCase()];
  return unit === undefined || unit === null ? undefined : Number(match![1]) * unit;
}

/** True where the text starts like an SVG document: an XML prologue and then the root element. */
export function looksLikeSvg(text: string): boolean {
  return /^\uFEFF?\s*(?:<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^>[]*(?:\[[\s\S]*?\])?[^>]*>|\s)*<(?:\w+:)?svg[\s>/]/i.test(
    text,
  );
}

/**
 * The size that the root element declares: width and height, else the viewBox, else 300x150 as in CSS.
 * @param text the whole document
 */
export function inspectSvg(text: string): PictureInfo {
  const tag = /<(?:\w+:)?svg(?:\s(?:"[^"]*"|'[^']*'|[^>"'])*)?>/i.exec(text)?.[0] ?? '';
  const box = attribute(tag, 'viewBox')
    ?.trim()
    .split(/[\s,]+/)
    .map(Number);
  const [boxWidth, boxHeight] = box?.length === 4 && box[2]! > 0 && box[3]! > 0 ? [box[2]!, box[3]!] : [];
  const declaredWidth = length(attribute(tag, 'width'));
  const declaredHeight = length(attribute(tag, 'height'));
  const ratio = boxWidth !== undefined && boxHeight !== undefined ? boxWidth / boxHeight : undefined;
  const width =
    declaredWidth ?? (declaredHeight && ratio ? declaredHeight * ratio : undefined) ?? boxWidth ?? 300;
  const height = declaredHeight ?? (ratio ? width / ratio : 150);
  const closed = /<\/(?:\w+:)?svg\s*>\s*(?:<!--[\s\S]*?-->\s*)*$/i.test(text) || /^<[^>]*\/>$/.test(tag);
  return {
    format: 'SVG',
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
    animated: false,
    truncated: !closed,
  };
}
