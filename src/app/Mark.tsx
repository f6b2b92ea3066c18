/** A lens over a row of tokens; the kept ones are filled. */
export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="14" width="4" height="6" rx="1" fill="var(--accent)" />
      <rect x="6.3" y="14" width="4" height="6" rx="1" fill="var(--accent)" />
      <rect x="12.1" y="14.5" width="3" height="5" rx="0.6" fill="none" stroke="var(--ink-3)" />
      <rect x="17.4" y="14.5" width="3" height="5" rx="0.6" fill="none" stroke="var(--ink-3)" />
      <circle cx="8.2" cy="7" r="4.9" fill="none" stroke="var(--ink)" strokeWidth="1.8" />
      <path d="M11.9 10.6l3 2.6" stroke="var(--ink)" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
