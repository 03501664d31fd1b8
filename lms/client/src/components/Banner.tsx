import type { ReactNode } from "react";

import { Icon, type IconName } from "./Icon";

export type BannerTone = "success" | "error" | "warning" | "info";

const TONES: Record<BannerTone, { frame: string; icon: IconName }> = {
  success: { frame: "border-success-2 text-success-2", icon: "success" },
  error: { frame: "border-error-1 text-error-1", icon: "error" },
  warning: { frame: "border-warning-yellow-2 text-warning-yellow-2", icon: "warning" },
  info: { frame: "border-blue-900 text-blue-900", icon: "info" },
};

type Props = {
  tone: BannerTone;
  title: string;
  /** Read out at once, not when the reader comes by. */
  isAlert?: boolean;
  children?: ReactNode;
};

/** The Digital Agency's notification banner. */
export function Banner({ tone, title, isAlert = false, children }: Props) {
  const { frame, icon } = TONES[tone];
  return (
    <div
      {...(isAlert && { role: "alert" })}
      className={`grid grid-cols-[auto_1fr] gap-x-3 gap-y-2 rounded-12 border-[3px] bg-white p-4 md:gap-x-4 md:p-5 ${frame}`}
    >
      <Icon name={icon} className="mt-0.5 size-6" />
      <p className="text-std-17B-170 text-solid-gray-900">{title}</p>
      {children !== undefined && (
        <div className="col-span-2 flex flex-col items-start gap-3 text-solid-gray-800 md:col-span-1 md:col-start-2">
          {children}
        </div>
      )}
    </div>
  );
}
