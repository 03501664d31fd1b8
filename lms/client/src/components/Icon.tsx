/** The few signs the screens use, drawn here so that no icon font is loaded. */

const PATHS = {
  bell: "M12 22a2 2 0 0 0 2-2h-4a2 2 0 0 0 2 2zm6-6v-5c0-3.1-1.6-5.6-4.5-6.3V4a1.5 1.5 0 0 0-3 0v.7C7.6 5.4 6 7.9 6 11v5l-2 2v1h16v-1zm-2 1H8v-6c0-2.5 1.5-4.5 4-4.5s4 2 4 4.5z",
  check: "M9.5 16.6 5 12.1l1.4-1.4 3.1 3.1 8.1-8.1L19 7.1z",
  chevronRight: "m9.4 18-1.4-1.4 4.6-4.6L8 7.4 9.4 6l6 6z",
  circle: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  close: "m6.4 19-1.4-1.4 5.6-5.6L5 6.4 6.4 5l5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6z",
  comment: "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H8l-6 5V5a2 2 0 0 1 2-2zm0 2v13.8L7.3 16H20V5zm3 2.5h10V9H7zm0 4h7V13H7z",
  document: "M6 2h8l6 6v14H4V2zm7 1.8V9h5.2L13 3.8zM8 13v1.6h8V13zm0 4v1.6h8V17z",
  download: "m12 16-5-5 1.4-1.45 2.6 2.6V4h2v8.15l2.6-2.6L17 11zm-8 4v-5h2v3h12v-3h2v5z",
  error: "M11 7h2v6h-2zm0 8h2v2h-2zM8.3 2h7.4L22 8.3v7.4L15.7 22H8.3L2 15.7V8.3z",
  half: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2v16a8 8 0 1 0 0-16z",
  info: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-1 9v6h2v-6zm0-4v2h2V7z",
  lock: "M12 1a5 5 0 0 1 5 5v3h1a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2h1V6a5 5 0 0 1 5-5zm0 2a3 3 0 0 0-3 3v3h6V6a3 3 0 0 0-3-3zm-1 10.5v4h2v-4z",
  menu: "M3 18v-2h18v2zm0-5v-2h18v2zm0-5V6h18v2z",
  minus: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-5 9v2h10v-2z",
  success: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm-1.4 14.6 7-7-1.4-1.4-5.6 5.6-2.8-2.8L6.4 12.4z",
  warning: "M1 21 12 2l11 19zm10-3h2v-2h-2zm0-3h2v-5h-2z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "size-6" }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={`shrink-0 ${className}`}>
      <path fill="currentColor" fillRule="evenodd" d={PATHS[name]} />
    </svg>
  );
}
