import { expect } from '@playwright/test';
import type { Sampling } from '../../src/core/image/sampling';
import { tinyFlow, tinyFlowPicture } from '../../src/engine/image/testing/tiny-flow';
import { CheckpointDialog } from './checkpoint-dialog';
import { ImageLabPage } from './image-lab';

/** The image lab with the controls of a model that samples. */
export class FlowPage extends ImageLabPage {
  readonly noise = this.page.getByRole('spinbutton', { name: /^Noise/ });
  readonly otherNoise = this.page.getByRole('button', { name: 'Other noise' });

  steps(label: string) {
    return this.page.getByRole('radio', { name: label, exact: true });
  }

  /** Waits for the picture that is drawn so. */
  async expectDrawn(how: string | RegExp): Promise<void> {
    const ending = new RegExp(`${typeof how === 'string' ? how : how.source}$`);
    await expect(this.reconstruction).toHaveAccessibleName(ending, { timeout: 60_000 });
  }

  async rgb(): Promise<number[]> {
    return (await this.pixels(this.reconstruction)).data.filter((_, i) => i % 4 < 3);
  }

  /** The model whose pictures can be computed by hand, as a visitor adds it. */
  async addTiny(): Promise<void> {
    await new CheckpointDialog(this.page).openFromMenu();
    const files = [...tinyFlow()].map(([name, bytes]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    }));
    await this.page.getByLabel('Checkpoint files').setInputFiles(files);
    const dialog = new CheckpointDialog(this.page);
    await dialog.download.click();
    await dialog.done.getByRole('button', { name: 'Show it' }).click();
    await expect(dialog.root).toBeHidden();
  }

  /** As it was when it was added. */
  async begin(): Promise<void> {
    await this.field.fill('3');
    await this.steps('2').check();
    await this.noise.fill('0');
    await this.expectDrawn('from 3 of 3 tokens, in 2 steps from noise 0');
  }

  /** Whether the picture is the one that these tokens, steps and noise give, value by value. */
  async expectExactly(k: number, sampling: Sampling): Promise<void> {
    const expected = [...tinyFlowPicture(await this.tokenIds(), k, sampling)];
    const rgb = await this.rgb();
    expect(Math.max(...rgb.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1);
  }
}
