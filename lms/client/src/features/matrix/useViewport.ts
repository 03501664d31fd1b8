import { type RefObject, useEffect, useState } from "react";

import { GROUP_HEAD, LINE, type Span, spanOf } from "./gridLayout";

const ROW_STEP = 6;
const COLUMN_STEP = 4;

export type Sizes = { person: number; column: number; head: number; foot: number };
type Shown = { rows: Span; columns: Span };
type View = Shown & { width: number; height: number };

/** How large the parts of the grid are in a view of that size. */
export function sizesFor(width: number, height: number, columnWidth: number): Sizes {
  const isNarrow = width < 640;
  return {
    person: isNarrow ? 112 : 240,
    column: columnWidth,
    head: GROUP_HEAD + (height < 620 ? 120 : 176),
    // On a small screen the sums would leave no room for the rows.
    foot: height < 560 ? 0 : 3,
  };
}

/** Which lines and columns are to be drawn. Changes in steps, and once a frame at most. */
export function useViewport(
  scroller: RefObject<HTMLElement | null>,
  counts: { lines: number; columns: number },
  columnWidth: number,
): { view: View; sizes: Sizes; onScroll: () => void } {
  const [box, setBox] = useState({ width: 1024, height: 700 });
  const [at, setAt] = useState({ top: 0, left: 0 });
  const sizes = sizesFor(box.width, box.height, columnWidth);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = () => {
      setBox({ width: element.clientWidth, height: Math.max(element.clientHeight, window.innerHeight * 0.5) });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    // Scroll events come once a frame already; a step decides whether anything is drawn anew.
    const top = Math.floor(element.scrollTop / LINE / ROW_STEP) * LINE * ROW_STEP;
    const left = Math.floor(element.scrollLeft / sizes.column / COLUMN_STEP) * sizes.column * COLUMN_STEP;
    setAt((old) => (old.top === top && old.left === left ? old : { top, left }));
  };

  const rows = spanOf(at.top, box.height + LINE * ROW_STEP, LINE, counts.lines, ROW_STEP);
  const columns = spanOf(
    at.left,
    box.width - sizes.person + sizes.column * COLUMN_STEP,
    sizes.column,
    counts.columns,
    COLUMN_STEP,
  );
  return { view: { ...box, rows, columns }, sizes, onScroll };
}
