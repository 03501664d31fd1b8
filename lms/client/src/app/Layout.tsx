import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";

import { SendingBanner } from "../features/player/SendingBanner";
import { Header } from "./Header";
import { pageOf } from "./pageOf";
import { siteName } from "./site";

export const PAGE_WIDTH = "mx-auto w-full max-w-[76rem] px-4 md:px-8";

export function Layout() {
  const page = pageOf(useLocation().pathname);
  const width = page === "/matrix" ? "mx-auto w-full px-4 md:px-8" : PAGE_WIDTH;
  return (
    <Shell width={width} header={<Header width={width} />}>
      <SendingBanner />
      <Outlet />
    </Shell>
  );
}

type ShellProps = { width: string; header: ReactNode; children: ReactNode };

/** Skip link, header, the page, footer. */
export function Shell({ width, header, children }: ShellProps) {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  const page = pageOf(useLocation().pathname);
  const shown = useRef(page);

  // A link within the program moves the reader to the new page, as the browser would.
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    main.current?.focus({ preventScroll: true });
  }, [page]);

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="link sr-only bg-yellow-300 p-3 focus:not-sr-only focus:absolute focus:z-50"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t("nav.skip")}
      </a>
      {header}
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className={`${width} flex flex-1 flex-col gap-8 pt-6 pb-16`}
      >
        {children}
      </main>
      <footer className="border-t border-solid-gray-420 bg-solid-gray-50">
        <p className={`${width} py-6 text-dns-14N-130 text-solid-gray-700`}>{siteName}</p>
      </footer>
    </div>
  );
}
