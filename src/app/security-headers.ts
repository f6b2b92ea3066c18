import facts from './security-headers.json';

/** The one worker that may talk to other sites, see scripts/lib/headers.mjs. */
const DOWNLOADER = /\/assets\/weights\.worker-[\w-]+\.js$/;

const policyOf = (policy: Readonly<Record<string, string>>) =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/**
 * The response with the headers that `npm start` sends (scripts/lib/headers.mjs), for hosts that send none: isolation,
 * which gives WASM its threads, and the policy.
 * @param url of the file, where it lies on this host
 */
export function secured(response: Response, url: string): Response {
  if (response.type === 'error' || response.type.startsWith('opaque')) return response;
  const policy = DOWNLOADER.test(new URL(url).pathname)
    ? { ...facts.policy, ...facts.downloader }
    : facts.policy;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(facts.common)) headers.set(name, value);
  headers.set('Content-Security-Policy', policyOf(policy));
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}
