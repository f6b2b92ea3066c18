/** Types of picture files, as a file dialogue takes them. */
export const ACCEPTED =
  'image/png,image/jpeg,image/webp,image/avif,image/gif,image/bmp,image/svg+xml,.svg,.avif';
