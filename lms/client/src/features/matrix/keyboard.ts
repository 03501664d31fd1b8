/** Moving about a grid of cells with the keyboard, as the ARIA grid pattern has it. */

export type Place = { row: number; column: number };
export type Size = { rows: number; columns: number };
type Press = { key: string; ctrlKey: boolean; metaKey?: boolean };

const PAGE = 10;

/** The cell a key press leads to, inside the grid; null when the key means nothing here. */
export function moveCell(place: Place, press: Press, size: Size): Place | null {
  const wanted = wantedPlace(place, press, size);
  if (wanted === null || size.rows < 1 || size.columns < 1) return null;
  return {
    row: clamp(wanted.row, size.rows),
    column: clamp(wanted.column, size.columns),
  };
}

function wantedPlace({ row, column }: Place, press: Press, size: Size): Place | null {
  const isWhole = press.ctrlKey || press.metaKey === true;
  switch (press.key) {
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "PageUp":
      return { row: row - PAGE, column };
    case "PageDown":
      return { row: row + PAGE, column };
    case "Home":
      return { row: isWhole ? 0 : row, column: 0 };
    case "End":
      return { row: isWhole ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return null;
  }
}

function clamp(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1);
}
