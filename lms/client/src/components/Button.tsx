import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";

type Look = {
  variant?: "solid" | "outline" | "text" | undefined;
  size?: "lg" | "md" | "sm" | undefined;
};

const BASE =
  "inline-flex items-center justify-center gap-2 rounded-8 text-center font-bold underline-offset-[0.1875rem] hover:underline aria-disabled:pointer-events-none";
const VARIANTS = {
  solid:
    "bg-key-900 text-white hover:bg-key-1000 active:bg-key-1200 disabled:bg-solid-gray-300 disabled:text-solid-gray-50",
  outline:
    "border border-current bg-white text-key-900 hover:bg-key-200 hover:text-key-1000 active:bg-key-300 active:text-key-1200 disabled:text-solid-gray-420",
  text: "text-key-900 underline hover:bg-key-50 hover:decoration-[0.1875rem] active:bg-key-100 active:text-key-1200 disabled:text-solid-gray-420",
};
const SIZES = {
  lg: "min-h-14 min-w-34 px-4 py-3 text-base leading-snug",
  md: "min-h-12 min-w-24 px-4 py-2 text-base leading-snug",
  sm: "min-h-9 min-w-20 rounded-6 px-3 py-1 text-sm leading-snug",
};

export function buttonClasses({ variant = "solid", size = "md" }: Look): string {
  return `${BASE} ${VARIANTS[variant]} ${SIZES[size]}`;
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Look & { children: ReactNode };

export function Button({ variant, size, className = "", ...rest }: ButtonProps) {
  const look = buttonClasses({ variant, size });
  return <button type="button" className={`${look} ${className}`} {...rest} />;
}

export function ButtonLink({ variant, size, className = "", ...rest }: LinkProps & Look) {
  const look = buttonClasses({ variant, size });
  return <Link className={`${look} ${className}`} {...rest} />;
}
