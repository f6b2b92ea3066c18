import { expect, type Locator, type Page } from '@playwright/test';

/** The dialog that adds checkpoints, by what a user sees of it. */
export class CheckpointDialog {
  readonly page: Page;
  readonly root: Locator;
  readonly field: Locator;
  readonly found: Locator;
  readonly download: Locator;
  readonly problem: Locator;
  readonly done: Locator;
  readonly kept: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog', { name: 'Add a checkpoint' });
    this.field = this.root.getByRole('textbox', { name: 'Hub id or address' });
    this.found = this.root.getByRole('region', { name: 'What was found' });
    this.download = this.found.getByRole('button', { name: /^(Download|Resume downloading|Add) \(/ });
    this.problem = this.root.getByRole('alert');
    this.done = this.root.getByRole('status').filter({ hasText: 'is on this device' });
    this.kept = this.root.getByRole('region', { name: 'Others on this device' });
  }

  /** Through the menu of models. */
  async openFromMenu(): Promise<void> {
    await this.page.getByRole('button', { name: /^Model: / }).click();
    await this.page.getByRole('button', { name: 'Add a checkpoint…' }).click();
    await expect(this.root).toBeVisible();
  }

  async look(text: string): Promise<void> {
    await this.field.fill(text);
    await this.root.getByRole('button', { name: 'Look' }).click();
  }

  /** The row of an official model. */
  official(name: string): Locator {
    return this.root
      .getByRole('region', { name: 'Official models' })
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('button', { name, exact: true }) });
  }

  /** A figure of what was found. */
  fact(label: string): Locator {
    return this.found
      .locator('dl > div')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .locator('dd');
  }

  /** The whole way, from the menu to the picture. */
  async add(repository: string): Promise<void> {
    await this.openFromMenu();
    await this.look(repository);
    await this.download.click();
    await this.done.getByRole('button', { name: 'Show it' }).click();
    await expect(this.root).toBeHidden();
  }
}
