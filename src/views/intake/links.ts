/** Characters of a link's hash: a version, a point, and what comes behind it. */
const LINK = /#[1-9]\d{0,2}\.[\w~.-]{8,}$/;
const LONGEST_ADDRESS = 100_000;

/**
 * The hash of a link of this project, where a text is one and nothing else; it begins with `#`.
 * @param page only links of the page with this address
 */
export function linkIn(text: string, page?: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_ADDRESS || /\s/.test(trimmed)) return undefined;
  const hash = /^(?:https?:\/\/[^#]*)?#/i.test(trimmed) ? LINK.exec(trimmed)?.[0] : undefined;
  if (page === undefined || hash === undefined) return hash;
  return trimmed.slice(0, -hash.length) === page.replace(/#.*$/, '') ? hash : undefined;
}
