import { type ReactNode, useEffect } from "react";

import { announce } from "./announcements";
import { siteName } from "../app/site";

type Props = { title: string; children?: ReactNode };

/** The page's one h1; also names the browser tab and tells a screen reader where it is. */
export function PageHeading({ title, children }: Props) {
  useEffect(() => {
    document.title = `${title} | ${siteName}`;
    announce(title);
  }, [title]);
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-std-24B-150 md:text-std-32B-150">{title}</h1>
      {children}
    </div>
  );
}
