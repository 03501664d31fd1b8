import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

type Props = { title: string; onClose: () => void; children: ReactNode };

/** A question in a modal box. The browser keeps the focus inside and closes it on Escape. */
export function Dialog({ title, onClose, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  // Closed before the element leaves the page: the focus goes back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="box-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="flex min-w-0 flex-col gap-6 p-4 md:p-8">
        <h2 id={id} className="text-std-20B-150">
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
