import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";

const CONTROL =
  "w-full rounded-8 border border-solid-gray-600 bg-white px-3 text-solid-gray-900 hover:border-black aria-invalid:border-error-1";

type InputProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  help?: string;
  error?: string | null;
  /** A lower field, for filters above a dense table. */
  isCompact?: boolean;
};

export function InputField({ label, help, error = null, isCompact = false, ...rest }: InputProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={isCompact ? "text-dns-14B-130" : "text-std-17B-170"}>
        {label}
      </label>
      {help !== undefined && (
        <p id={`${id}-help`} className="text-dns-16N-130 text-solid-gray-700">
          {help}
        </p>
      )}
      <input
        id={id}
        aria-invalid={error !== null}
        aria-describedby={`${help === undefined ? "" : `${id}-help`} ${error === null ? "" : `${id}-error`}`.trim() || undefined}
        className={`${CONTROL} ${isCompact ? "h-10 text-sm" : "h-14"}`}
        {...rest}
      />
      {error !== null && (
        <p id={`${id}-error`} className="text-dns-16N-130 text-error-1">
          ＊{error}
        </p>
      )}
    </div>
  );
}

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { label: string; children: ReactNode };

export function SelectField({ label, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-dns-14B-130">
        {label}
      </label>
      <select id={id} className={`${CONTROL} h-10 text-sm`} {...rest}>
        {children}
      </select>
    </div>
  );
}

type TextProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string;
  error?: string | null;
  isCompact?: boolean;
};

/** Several lines of text. */
export function TextField({ label, error = null, isCompact = false, ...rest }: TextProps) {
  const id = useId();
  return (
    <div className="flex w-full flex-col gap-1">
      <label htmlFor={id} className={isCompact ? "text-dns-14B-130" : "text-std-17B-170"}>
        {label}
      </label>
      <textarea
        id={id}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        className={`${CONTROL} py-2`}
        {...rest}
      />
      {error !== null && (
        <p id={`${id}-error`} className="text-dns-16N-130 text-error-1">
          ＊{error}
        </p>
      )}
    </div>
  );
}
