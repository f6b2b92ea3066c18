import { useMemo } from 'react';
import { formatInteger } from '../../ui/format';
import { MOST_IN_CODE, qrPath } from './qr-path';
import styles from './SharePanel.module.css';

/** The link as a QR code, dark on light in both themes, as readers expect it. */
export function QrCode({ text }: { readonly text: string }) {
  const code = useMemo(() => (text.length > MOST_IN_CODE ? undefined : qrPath(text)), [text]);
  if (!code)
    return (
      <p>
        The link is too long for a code that phones can read: {formatInteger(text.length)} characters, of at
        most {formatInteger(MOST_IN_CODE)}. Send the link itself, or the experiment file.
      </p>
    );
  const { size, path } = code;
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code of the link"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
