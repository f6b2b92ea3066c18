import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type CropSquare, wholeSquare } from '../../../core/image/crop';
import styles from './CropEditor.module.css';
import { CORNERS, dragged, type Grip, middleAt } from './square-moves';

export interface CropFrameProps {
  readonly file: Blob;
  readonly name: string;
  /** The picture's size as displayed. */
  readonly size: { readonly width: number; readonly height: number };
  readonly square: CropSquare;
  /** Id of the sentence on how to use it. */
  readonly describedBy: string;
  onDraft(square: CropSquare): void;
  onLetGo(): void;
  /** The browser took the drag over, to scroll. */
  onGiveUp(): void;
  onKeyDown(event: KeyboardEvent): void;
}

const INSIDE: Grip = { x: 0, y: 0 };

/** The whole picture, and over it the square with a grip at each corner. */
export function CropFrame({
  file,
  name,
  size,
  square,
  describedBy,
  onDraft,
  onLetGo,
  onGiveUp,
  onKeyDown,
}: CropFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<{
    readonly grip: Grip;
    readonly from: CropSquare;
    readonly x: number;
    readonly y: number;
  }>(undefined);
  const around = wholeSquare(size);
  const share = (pixels: number) => `${(100 * pixels) / around.size}%`;
  const rect = (x: number, y: number, width: number, height: number): CSSProperties => ({
    left: share(x - around.x),
    top: share(y - around.y),
    width: share(width),
    height: share(height),
  });
  /** Where a pointer is, in pixels of the picture. */
  const place = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width } = frame.current!.getBoundingClientRect();
    const scale = around.size / width;
    return { x: around.x + (clientX - left) * scale, y: around.y + (clientY - top) * scale };
  };
  const begin = (event: PointerEvent, grip: Grip, from: CropSquare) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { grip, from, ...place(event) };
  };
  const handlers = (grip: Grip) => ({
    onPointerDown: (event: PointerEvent) => begin(event, grip, square),
    onPointerMove: (event: PointerEvent) => {
      const { current } = drag;
      if (!current) return;
      const { x, y } = place(event);
      onDraft(dragged(current.from, current.grip, x - current.x, y - current.y, size));
    },
    onPointerUp: () => end(onLetGo),
    onPointerCancel: () => end(onGiveUp),
  });
  function end(then: () => void) {
    if (!drag.current) return;
    drag.current = undefined;
    then();
  }
  const inside = handlers(INSIDE);

  return (
    <div
      ref={frame}
      className={styles.frame}
      {...inside}
      // A touch outside of the square moves it there, and can go on dragging it.
      onPointerDown={(event) => {
        const { x, y } = place(event);
        const there = middleAt(square, x, y, size);
        begin(event, INSIDE, there);
        if (drag.current) onDraft(there);
      }}
    >
      <span className={styles.tag} aria-hidden="true">
        {square.size} × {square.size} px at {Math.max(0, square.x)}, {Math.max(0, square.y)}
      </span>
      <Whole file={file} name={name} style={rect(0, 0, size.width, size.height)} />
      <div
        className={styles.square}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move it
        tabIndex={0}
        aria-label="The square that is encoded"
        aria-roledescription="square that can be moved and resized"
        aria-describedby={describedBy}
        style={rect(square.x, square.y, square.size, square.size)}
        {...inside}
        onKeyDown={onKeyDown}
        onKeyUp={onLetGo}
        onBlur={onLetGo}
      >
        {CORNERS.map((grip) => (
          <span
            key={`${grip.x} ${grip.y}`}
            className={styles.grip}
            data-x={grip.x}
            data-y={grip.y}
            {...handlers(grip)}
          />
        ))}
      </div>
    </div>
  );
}

/** The picture's own file: the browser turns it as its EXIF says, as the encoder does. */
function Whole({
  file,
  name,
  style,
}: {
  readonly file: Blob;
  readonly name: string;
  readonly style: CSSProperties;
}) {
  const [url, setUrl] = useState<string>();
  const [failed, setFailed] = useState(false);
  const [first] = useState(file);
  useEffect(() => {
    const made = URL.createObjectURL(first);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [first]);
  if (failed) {
    return (
      <p className={styles.failed} style={style}>
        This browser cannot show the whole picture here. The square can be moved all the same.
      </p>
    );
  }
  return (
    <img
      className={styles.whole}
      style={style}
      src={url}
      alt={`The whole picture: ${name}`}
      draggable={false}
      onError={() => setFailed(true)}
    />
  );
}
