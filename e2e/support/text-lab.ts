import type { Locator, Page } from '@playwright/test';
import { sample } from '../../src/catalog/texts/english';
import { decodeLink, encodeLink } from '../../src/core/link/envelope';
import { expect } from './fixtures';

/** The catalogue labels of the columns that `FOUR` names. */
export const LABELS = ['GPT-2', 'cl100k', 'o200k', 'UTF-8 bytes'] as const;

/**
 * A sentence of each paragraph of the English sample, and not all of it: axe and Playwright look at every token, which
 * takes either of them longer than the page needs to show it.
 */
const TEXT = sample.text
  .trimEnd()
  .split(/\n+/)
  .map((paragraph) => `${paragraph.slice(0, paragraph.indexOf(',') + 1)}\n`)
  .join('\n');

/** A link to four tokenizers with an English text, whatever a first visit shows. */
export const FOUR = encodeLink('text', {
  head: { z: ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'] },
  blob: new TextEncoder().encode(TEXT),
})!;

/** Opens the text lab with four tokenizers and waits until every column has tokenized the sample. */
export async function openTextLab(page: Page, hash = FOUR): Promise<void> {
  await page.goto(`/${hash}`);
  await settled(page);
}

/** Waits until no column is at work. */
export async function settled(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page
          .locator('section[aria-busy]')
          .evaluateAll((columns) => columns.length > 0 && columns.every((one) => one.ariaBusy === 'false')),
      { message: 'every column has tokenized the text', timeout: 60_000 },
    )
    .toBe(true);
}

export function column(page: Page, label: string): Locator {
  return page.getByRole('region', { name: label, exact: true });
}

/** The figure above a column, as it is shown. */
export async function figure(page: Page, label: string, name: string): Promise<string> {
  const term = column(page, label).locator('dl > div', { has: page.getByText(name, { exact: true }) });
  return (await term.getByRole('definition').textContent())?.trim() ?? '';
}

/** Waits for a column's token count, a minute at most where nothing else is said. */
export async function expectTokens(
  page: Page,
  label: string,
  count: number,
  timeout = 60_000,
): Promise<void> {
  await expect
    .poll(() => figure(page, label, 'tokens'), { message: `tokens of ${label}`, timeout })
    .toBe(count.toLocaleString('en'));
}

export function field(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Text to tokenize' });
}

/** The text lab's part of a link, as far as tests need it. */
interface Addressed {
  readonly text: string;
  /** Bytes of a text that did not travel. */
  readonly omitted: number | undefined;
  /** Absent where they are those of `FOUR`, as in links of the time when a first visit showed these. */
  readonly tokenizers: readonly string[] | undefined;
  readonly showIds: boolean;
}

async function addressed(page: Page): Promise<Addressed | undefined> {
  const { hash } = new URL(page.url());
  const part = /^#\d/.test(hash) ? (await decodeLink(hash)).parts['text'] : undefined;
  if (!part) return undefined;
  const { z, o, d } = part.head;
  return {
    text: new TextDecoder().decode(part.blob),
    omitted: o as number | undefined,
    tokenizers: z as string[] | undefined,
    showIds: d === 1,
  };
}

/** The link to the lab, once the address says what is expected of it. */
export async function linkWith(page: Page, expected: Partial<Addressed>): Promise<string> {
  await expect.poll(() => addressed(page), { message: 'what the address says' }).toMatchObject(expected);
  return page.url();
}

/** Puts a text on the real clipboard and pastes it with the keyboard. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('ControlOrMeta+v');
}

/**
 * Pastes a text that the page itself makes: `unit` as often as it takes for `bytes` bytes, then `end`. (A
 * megabyte through the debugger would take longer than all the rest.)
 */
export async function pasteRepeated(page: Page, unit: string, bytes: number, end = ''): Promise<number> {
  return await page.evaluate(
    ([unit, bytes, end]) => {
      const encoder = new TextEncoder();
      const text = unit.repeat(Math.ceil(bytes / encoder.encode(unit).length)) + end;
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const target = document.activeElement ?? document.body;
      const { length } = encoder.encode(text);
      // In a task of its own, which is the page's and not Playwright's.
      return new Promise<number>((resolve) =>
        setTimeout(() => {
          target.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
          );
          resolve(length);
        }),
      );
    },
    [unit, bytes, end] as const,
  );
}

/** The ids that a column shows, in order; ids must be on, and the text short enough to be drawn whole. */
export async function shownIds(page: Page, label: string): Promise<number[]> {
  const names = await column(page, label)
    .getByRole('option')
    .evaluateAll((options) => options.map((option) => option.getAttribute('aria-label') ?? ''));
  return names.map((name) => Number(/ id (\d+)$/.exec(name)?.[1]));
}

/** A token of a column by its place in the text. */
export function token(page: Page, label: string, index: number): Locator {
  return column(page, label).locator(`[role="option"][data-token="${index}"]`);
}
