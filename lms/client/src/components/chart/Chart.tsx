import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type ChartTable, DataTable } from "./DataTable";
import { type ChartOption, type Look, lookOf, withLook } from "./look";

type Props = {
  title: string;
  /** What the picture shows, in a sentence or two, for whoever does not see it. */
  description: string;
  /** Must stay the same function while it would draw the same. */
  option: (look: Look) => ChartOption;
  /** In CSS pixels. */
  height: number;
  /** The same numbers. */
  table: ChartTable;
};

/** A chart, and under it the table of its numbers. */
export function Chart({ title, description, option, height, table }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setIsMissing] = useState(false);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let remove: (() => void) | null = null;
    let isGone = false;
    import("./drawing").then(
      ({ draw }) => {
        if (isGone) return;
        const look = lookOf(element);
        remove = draw(element, withLook(option(look), look));
      },
      () => setIsMissing(true),
    );
    return () => {
      isGone = true;
      remove?.();
    };
  }, [option]);

  return (
    <figure aria-labelledby={id} className="flex min-w-0 flex-col gap-3 break-inside-avoid">
      <figcaption id={id} className="text-std-18B-160 text-solid-gray-900">
        {title}
      </figcaption>
      {isMissing ? (
        <p className="text-solid-gray-700">{t("chart.missing")}</p>
      ) : (
        <div
          ref={place}
          role="img"
          aria-label={t("chart.label", { description })}
          className="w-full"
          style={{ height: `${String(height)}px` }}
        />
      )}
      <DataTable title={title} table={table} isOpen={isMissing} />
    </figure>
  );
}
