/**
 * The hash of a permalink of this page, where a text is one and nothing else.
 * @param page the address of this page
 */
export function permalinkIn(text: string, page: string): string | undefined {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  const here = new URL(page);
  if (url.origin !== here.origin || url.pathname !== here.pathname) return undefined;
  return /^#\d{1,6}\.[\w-]+$/.test(url.hash) ? url.hash : undefined;
}
