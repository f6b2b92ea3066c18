import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bundledModels } from './models';

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

it('README says how many models there are, and names each; docs/models.md has a section on each', () => {
  const readme = readFileSync('README.md', 'utf8').replace(/\s+/g, ' ');
  const page = readFileSync('docs/models.md', 'utf8');
  expect(readme.toLowerCase()).toContain(`${WORDS[bundledModels.length]} models are bundled`);
  for (const { id } of bundledModels) {
    expect(readme).toContain(`\`${id}\``);
    expect(page).toContain(`\n## ${id}\n`);
  }
});
