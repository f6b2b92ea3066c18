import type { SampleText } from '../sample-text';

// Escapes keep the odd characters visible to editors, formatters and reviewers.
export const sample: SampleText = {
  id: 'whitespace',
  label: 'Whitespace',
  hint: 'Turn on visible whitespace: nothing here is as empty as it looks.',
  order: 80,
  text: [
    'one space, two  spaces, three   spaces, eight        spaces, sixteen                spaces',
    '\ttab first\ttab between\t\ttwo tabs \t space-tab-space \t',
    'trailing spaces follow   ',
    '   leading spaces and a no-break\u00a0space, a narrow\u202fone, an ideographic\u3000one',
    'thin\u2009hair\u200afigure\u2007em\u2003en\u2002done',
    'zero\u200bwidth, word\u2060joiner, soft\u00adhyphen, byte order mark \ufeff inside',
    '',
    '',
    'three line feeds above; a carriage return below\r',
    'old Mac line\rnew page\fvertical\vtab',
    'line\u2028separator, paragraph\u2029separator, next\u0085line',
    '{',
    '  "two": [',
    '    "four",',
    '\t"a tab among spaces"',
    '  ]',
    '}',
    '                                                                ^ sixty-four spaces',
    ' ',
    '\n\n\n',
  ].join('\n'),
};
