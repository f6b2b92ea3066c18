import { expect, it } from 'vitest';
import { toBibtex } from './citation';

it('writes an entry as BibTeX reads it', () => {
  const bibtex = toBibtex([
    {
      key: 'yu2024an',
      kind: 'inproceedings',
      authors: ['Yu, Qihang', 'Weber, Mark'],
      others: true,
      title: 'An Image is Worth 32 Tokens',
      venue: 'NeurIPS',
      pages: '1–9',
      year: 2024,
      arxiv: '2406.07550',
    },
  ]);
  expect(bibtex).toBe(`@inproceedings{yu2024an,
  author = {Yu, Qihang and Weber, Mark and others},
  title = {{An Image is Worth 32 Tokens}},
  booktitle = {NeurIPS},
  pages = {1--9},
  year = {2024},
  eprint = {2406.07550},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2406.07550}
}`);
});

it('leaves out what is unknown, and keeps organisations together', () => {
  expect(toBibtex([{ key: 'x', kind: 'misc', authors: [], title: 'X' }])).toBe(
    '@misc{x,\n  title = {{X}}\n}',
  );
  expect(toBibtex([{ key: 'x', kind: 'misc', authors: ['AI@Meta'], title: 'X' }])).toContain(
    'author = {{AI@Meta}}',
  );
});

it('escapes what TeX gives a meaning, and nothing of an address', () => {
  const url = 'https://example.org/a_b#c%20d';
  const bibtex = toBibtex([
    { key: 'my file, (1).json', kind: 'misc', authors: [], title: 'a_b 100% {x} \\ ~^ #1 & $\n2', url },
  ]);
  expect(bibtex).toContain('@misc{my-file-1-.json,');
  expect(bibtex).toContain(
    'title = {{a\\_b 100\\% \\{x\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{} \\#1 \\& \\$ 2}}',
  );
  expect(bibtex).toContain(`url = {${url}}`);
});

it('writes each key once', () => {
  const one = { key: 'x', kind: 'misc', authors: [], title: 'X' } as const;
  expect(toBibtex([one, one]).match(/@misc/g)).toHaveLength(1);
});
