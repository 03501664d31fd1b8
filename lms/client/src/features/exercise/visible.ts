/** A value as it was given, with what cannot be seen made visible. */

export type Part = { text: string; kind: "text" | "space" | "wideSpace" | "lineBreak" | "tab" };

const SIGNS: Record<Exclude<Part["kind"], "text">, string> = {
  space: "␣",
  wideSpace: "□",
  lineBreak: "↵",
  tab: "⇥",
};

const HIDDEN = /\r\n|[\r\n\u3000\t]|^ +| +$| {2,}/g;

function kindOf(found: string): Exclude<Part["kind"], "text"> {
  if (found === "\u3000") return "wideSpace";
  if (found === "\t") return "tab";
  return found.startsWith(" ") ? "space" : "lineBreak";
}

/** A single space between words is seen well enough; every other one gets a sign. */
export function visibleParts(value: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of value.matchAll(HIDDEN)) {
    if (match.index > from) parts.push({ text: value.slice(from, match.index), kind: "text" });
    const kind = kindOf(match[0]);
    const sign = kind === "space" ? SIGNS.space.repeat(match[0].length) : SIGNS[kind];
    parts.push({ text: sign, kind });
    from = match.index + match[0].length;
  }
  if (from < value.length) parts.push({ text: value.slice(from), kind: "text" });
  return parts;
}
