/** A table that becomes a list of cards on a narrow screen. */
export const TABLE = "w-full border-collapse text-left max-md:block";
export const HEAD = "border-b-2 border-solid-gray-420 bg-solid-gray-50 max-md:sr-only";
export const HEAD_CELL = "px-3 py-2 text-dns-14B-130";
export const BODY = "max-md:flex max-md:flex-col max-md:gap-4";
export const ROW =
  "border-b border-solid-gray-300 max-md:block max-md:rounded-8 max-md:border max-md:py-2";
export const CELL = "px-3 py-3 align-top max-md:block max-md:px-4 max-md:py-1";
