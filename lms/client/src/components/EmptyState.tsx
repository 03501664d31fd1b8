import type { ReactNode } from "react";

export function EmptyState({ children }: { children: ReactNode }) {
  return (
    <div className="rounded-8 border border-dashed border-solid-gray-420 bg-solid-gray-50 px-4 py-6 text-center text-solid-gray-700">
      {children}
    </div>
  );
}
