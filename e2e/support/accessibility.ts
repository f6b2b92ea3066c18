import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What stands for axe's own program where the page has run it before: half a megabyte to read and compile. */
const NOTHING = ';';

/** Fails on every violation of WCAG 2.2 A and AA that axe finds, naming rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  const isAlone = page.frames().length === 1;
  const isThere = isAlone && (await page.evaluate(() => 'axe' in window));
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: NOTHING } : {}) })
    // What passes is not described, which takes axe longer than looking at the page does. And style sheets and films are not
    // fetched anew: no rule of these asks for the former, and the page has none of the latter.
    .options({ resultTypes: ['violations'], preload: false })
    .withTags(RULES);
  // Only frames of other sites need what is not legacy to axe: a page of its own, in which results are put together.
  const { violations } = await axe.setLegacyMode(isAlone).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
  expect(found, 'The page has no accessibility violation.').toEqual([]);
}
