/** A sample picture of the image lab, made by a script of this repository. */
export interface PictureSample {
  /** Part of published links: never change or reuse one. The file has the same name. */
  readonly id: string;
  /** Two or three words for the sample strip. */
  readonly label: string;
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string;
  /** Full picture, relative to the page's base. */
  readonly file: string;
  /** Pixels of the full picture; the image lab crops the centre square. */
  readonly width: number;
  readonly height: number;
  /** 96 x 96 pixels, relative to the page's base. */
  readonly thumbnail: string;
  /** Scene that computes the picture, relative to the repository. */
  readonly script: string;
  /** Place in the strip. */
  readonly order: number;
}
