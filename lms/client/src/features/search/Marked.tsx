import type { TextPart } from "../../api/contract";

/** A text with what was looked for marked. */
export function Marked({ parts }: { parts: readonly TextPart[] }) {
  return parts.map(({ text, is_match: isMatch }, place) =>
    isMatch ? (
      <mark key={place} className="bg-yellow-200 font-bold text-solid-gray-900">
        {text}
      </mark>
    ) : (
      <span key={place}>{text}</span>
    ),
  );
}
