import type { ReactNode } from 'react';

/** 16 px line drawings, one stroke width, drawn for this page. */
const PATHS = {
  link: <path d="M6.5 9.5l3-3M7 4.5l1-1a3.2 3.2 0 014.5 4.5l-1 1M9 11.5l-1 1A3.2 3.2 0 013.5 8l1-1" />,
  check: <path d="M3 8.5l3.2 3.2L13 4.8" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7" />
    </>
  ),
  moon: <path d="M13.5 9.6A6 6 0 016.4 2.5a6 6 0 107.1 7.1z" />,
  system: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2v12a6 6 0 000-12z" fill="currentColor" stroke="none" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2.2l6.2 11.3H1.8z" />
      <path d="M8 6.5v3M8 11.6v.1" />
    </>
  ),
  error: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.8v3.8M8 11v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 7.4v3.8M8 4.9V5" />
    </>
  ),
  upload: <path d="M8 10.5v-8M4.8 5.5L8 2.3l3.2 3.2M2.5 10.5v3h11v-3" />,
  download: <path d="M8 2.3v8M4.8 7.3L8 10.5l3.2-3.2M2.5 10.5v3h11v-3" />,
  down: <path d="M4 6.5l4 4 4-4" />,
  left: <path d="M9.5 4L5.5 8l4 4" />,
  right: <path d="M6.5 4l4 4-4 4" />,
  compare: <path d="M2.5 3.5h4.5v9H2.5zM9 3.5h4.5v9H9z" />,
  plus: <path d="M8 3v10M3 8h10" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M10.2 10.2l3.3 3.3" />
    </>
  ),
  pencil: <path d="M10.8 2.8l2.4 2.4-7.6 7.6-3.1.7.7-3.1zM9.3 4.3l2.4 2.4" />,
  trash: <path d="M2.8 4.5h10.4M6.3 4.3V2.5h3.4v1.8M4.2 4.6l.6 8.9h6.4l.6-8.9M6.8 7v4M9.2 7v4" />,
  play: <path d="M5 3.2l7.5 4.8L5 12.8z" />,
  dice: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
      <path d="M5.6 5.6v.01M10.4 5.6v.01M8 8v.01M5.6 10.4v.01M10.4 10.4v.01" strokeWidth="1.9" />
    </>
  ),
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

/** A decorative icon: hidden from screen readers, so its control needs a name of its own. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {PATHS[name]}
    </svg>
  );
}
