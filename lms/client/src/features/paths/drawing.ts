/** Where the lines between the courses of a path run. */

import type { PathNode } from "../../api/contract";

export type Box = { left: number; top: number; right: number; bottom: number };

/** Space between a line's end and the card it points to: the arrow head. */
const HEAD = 6;
/** At most so far below a card's top, so that lines between cards beside each other are straight. */
const LOWEST = 52;
/** How far a line stands out to the left where cards stand below each other. */
const BULGE = 20;

/** The nodes by stage, in the order of the server. */
export function stagesOf(nodes: readonly PathNode[]): PathNode[][] {
  const found: PathNode[][] = [];
  for (const node of nodes) (found[node.stage] ??= []).push(node);
  return found.filter((stage) => stage.length > 0);
}

/** An SVG path from one card to the next: across a gap, or round the left side when it is below. */
export function lineBetween(from: Box, to: Box): string {
  const startY = from.top + Math.min((from.bottom - from.top) / 2, LOWEST);
  const endY = to.top + Math.min((to.bottom - to.top) / 2, LOWEST);
  if (to.left > from.right) {
    const middle = (from.right + to.left) / 2;
    return `M${from.right} ${startY} C${middle} ${startY} ${middle} ${endY} ${to.left - HEAD} ${endY}`;
  }
  const x = Math.min(from.left, to.left) - BULGE;
  return `M${from.left} ${startY} C${x} ${startY} ${x} ${startY} ${x} ${startY + BULGE} V${endY - BULGE} C${x} ${endY} ${x} ${endY} ${to.left - HEAD} ${endY}`;
}
