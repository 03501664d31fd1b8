import type { ReactNode } from "react";

/** For rows and cells of a CardTable. */
export const ROW =
  "border-b border-solid-gray-300 max-md:block max-md:rounded-8 max-md:border max-md:py-2";
export const CELL = "px-3 py-3 align-top max-md:block max-md:px-4 max-md:py-1";

type Props = { caption: string; heads: string[]; children: ReactNode };

/** A table whose rows become cards on a narrow screen. */
export function CardTable({ caption, heads, children }: Props) {
  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="border-b-2 border-solid-gray-420 bg-solid-gray-50 max-md:sr-only">
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className="px-3 py-2 text-dns-14B-130">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:flex max-md:flex-col max-md:gap-4">{children}</tbody>
    </table>
  );
}
