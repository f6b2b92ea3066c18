import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails on every violation of WCAG 2.2 A and AA that axe finds, naming rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  // What passes is not described, which takes axe longer than looking at the page does.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES);
  // Only frames of other sites need what is not legacy to axe: a page of its own, in which results are put together.
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
  expect(found, 'The page has no accessibility violation.').toEqual([]);
}
