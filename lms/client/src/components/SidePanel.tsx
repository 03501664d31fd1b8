import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "./Icon";

type Props = { title: string; onClose: () => void; children: ReactNode };

/** A modal sheet over the page. The browser keeps the focus inside and closes it on Escape. */
export function SidePanel({ title, onClose, children }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);

  // Before the element leaves the page, so that closing gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      // Opened by its address, there is nothing to go back to but the page.
      if (document.activeElement === document.body) document.getElementById("main")?.focus();
    };
  }, []);

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the backdrop; keys have Escape and the button
    <dialog
      ref={dialog}
      className="panel-dialog"
      aria-labelledby="panel-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A click on the backdrop is a click on the dialog itself; its content fills it.
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className="flex min-h-full flex-col">
        <header className="sticky top-0 z-10 flex items-start justify-between gap-4 border-b border-solid-gray-420 bg-white px-4 py-4 md:px-8">
          <h2 id="panel-title" className="text-std-20B-150 md:text-std-22B-150">
            {title}
          </h2>
          <button
            type="button"
            onClick={onClose}
            className="flex shrink-0 flex-col items-center rounded-6 p-1 text-dns-14N-120 hover:bg-solid-gray-50 hover:underline"
          >
            <Icon name="close" />
            {t("common.close")}
          </button>
        </header>
        <div className="flex flex-1 flex-col gap-8 px-4 py-6 md:px-8">{children}</div>
      </div>
    </dialog>
  );
}
