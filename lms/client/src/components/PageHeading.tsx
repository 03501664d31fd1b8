import { type ReactNode, useEffect } from "react";

import { announce } from "./announcements";
import { siteName } from "../app/site";

type Props = { title: string; children?: ReactNode };

/** The page's one h1; also names the browser tab and tells a screen reader where it is. */
export function PageHeading({ title, children }: Props) {
  useEffect(() => {
    const isFirst = document.title === siteName;
    document.title = `${title} | ${siteName}`;
    // The browser reads the title of the first page itself; later pages come without it noticing.
    if (!isFirst) announce(title);
  }, [title]);
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-std-24B-150 md:text-std-32B-150">{title}</h1>
      {children}
    </div>
  );
}
