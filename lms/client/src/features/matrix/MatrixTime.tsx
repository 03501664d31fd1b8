import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Button } from "../../components/Button";
import { InputField } from "../../components/Field";
import { officeDay } from "../../i18n/dates";
import { useFormat } from "../../i18n/useFormat";
import { type Changes, withSettings } from "./matrixSearch";
import { fiscalStart, fiscalYearMarks, monthEnds, placeOf, yearBefore } from "./months";

/** So long the slider must rest before the matrix of that month is asked for. */
const RESTS = 300;

/** Of which day the matrix is, and from which day on its changes are shown. */
export function MatrixTime() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const today = officeDay(new Date());
  const asOf = search.get("as_of") ?? today;
  const comparedTo = search.get("compared_to");
  const set = (changes: Changes) => setSearch((old) => withSettings(old, changes));
  const goTo = (day: string) => set({ as_of: day === today ? "" : day });

  return (
    <section aria-label={t("matrix.time")} className="heat-time">
      <MonthSlider key={asOf} today={today} day={asOf} onDay={goTo} />
      <div className="flex flex-wrap items-end gap-3">
        <DayField label={t("matrix.asOf")} day={asOf} onDay={goTo} />
        <Button variant="outline" size="sm" className="h-10" disabled={asOf === today} onClick={() => goTo(today)}>
          {t("matrix.backToToday")}
        </Button>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        {comparedTo === null ? (
          <Button
            variant="outline"
            size="sm"
            className="h-10"
            onClick={() => set({ compared_to: yearBefore(asOf) })}
          >
            {t("matrix.compare")}
          </Button>
        ) : (
          <>
            <DayField
              label={t("matrix.comparedTo")}
              day={comparedTo}
              onDay={(day) => set({ compared_to: day })}
            />
            <Button variant="text" size="sm" className="h-10" onClick={() => set({ compared_to: yearBefore(asOf) })}>
              {t("matrix.yearBefore")}
            </Button>
            <Button variant="text" size="sm" className="h-10" onClick={() => set({ compared_to: fiscalStart(asOf) })}>
              {t("matrix.fiscalStart")}
            </Button>
            <Button variant="text" size="sm" className="h-10" onClick={() => set({ compared_to: "" })}>
              {t("matrix.stopComparing")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

type DayProps = { label: string; day: string; onDay: (day: string) => void };

function DayField({ label, day, onDay }: DayProps) {
  return (
    <div className="w-40">
      <InputField
        isCompact
        type="date"
        label={label}
        // Typed digit by digit a year is not a date yet; and the API knows no days before 2000.
        min="2000-01-01"
        max="2100-01-01"
        defaultValue={day}
        key={day}
        onChange={({ target }) => target.validity.valid && target.value !== "" && onDay(target.value)}
      />
    </div>
  );
}

type SliderProps = { today: string; day: string; onDay: (day: string) => void };

function MonthSlider({ today, day, onDay }: SliderProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const ends = useMemo(() => monthEnds(today), [today]);
  const shown = placeOf(day, ends);
  const [place, setPlace] = useState(shown);
  const last = ends.length - 1;
  const named = place === last ? t("matrix.now") : t("matrix.monthEnd", { date: date(ends[place] ?? today) });

  useEffect(() => {
    if (place === shown) return undefined;
    const timer = setTimeout(() => onDay(ends[place] ?? today), RESTS);
    return () => clearTimeout(timer);
  }, [place, shown, ends, today, onDay]);

  return (
    <div className="heat-months">
      <label htmlFor="matrix-month" className="flex flex-wrap justify-between gap-x-4 text-dns-14B-130">
        <span>{t("matrix.month")}</span>
        <span className="font-normal" aria-hidden="true">
          {named}
        </span>
      </label>
      <input
        id="matrix-month"
        type="range"
        min={0}
        max={last}
        value={place}
        aria-valuetext={named}
        onChange={({ target }) => setPlace(Number(target.value))}
        className="heat-slider"
      />
      <div className="heat-years" aria-hidden="true">
        {fiscalYearMarks(ends).map(({ year, place: at }) => (
          <span key={year} style={{ left: `${(at / last) * 100}%` }}>
            {t("matrix.fiscalYear", { year })}
          </span>
        ))}
      </div>
    </div>
  );
}
