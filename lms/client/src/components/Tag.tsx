import type { ReactNode } from "react";

const TONES = {
  neutral: "border-solid-gray-536 bg-white text-solid-gray-800",
  key: "border-key-900 bg-key-50 text-key-1000",
  success: "border-success-2 bg-green-50 text-green-900",
  warning: "border-warning-yellow-2 bg-yellow-50 text-yellow-1200",
  error: "border-error-2 bg-red-50 text-red-1000",
  alarm: "border-error-2 bg-error-2 text-white",
};

export type TagTone = keyof typeof TONES;

type Props = { tone: TagTone; wraps?: boolean; children: ReactNode };

/** `wraps`: where the tag may be longer than there is room. */
export function Tag({ tone, wraps = false, children }: Props) {
  return (
    <span
      className={`inline-flex items-center ${wraps ? "" : "whitespace-nowrap"} rounded-4 border px-2 py-0.5 text-dns-14B-130 ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
