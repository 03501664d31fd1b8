import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Matrix, RowsQuery } from "../../api/contract";
import { Button, buttonClasses } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { useFormat } from "../../i18n/useFormat";
import { LostCharacters } from "./LostCharacters";
import { downloadAddress, type Format, FORMATS } from "./matrixSearch";
import { charactersQuery } from "./queries";

type Props = { matrix: Matrix; query: RowsQuery; search: URLSearchParams; onClose: () => void };

const TEXTS = {
  xlsx: { name: "matrix.download.xlsx", help: "matrix.download.xlsxHelp" },
  csv: { name: "matrix.download.csv", help: "matrix.download.csvHelp" },
  "csv-cp932": { name: "matrix.download.cp932", help: "matrix.download.cp932Help" },
  "json-file": { name: "matrix.download.json", help: "matrix.download.jsonHelp" },
} as const;

/** Which file, of how many people and as of when; for the old encoding, what it cannot hold. */
export function DownloadDialog({ matrix, query, search, onClose }: Props) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const id = useId();
  const [format, setFormat] = useState<Format>("xlsx");
  const isOld = format === "csv-cp932";
  const lost = useQuery({ ...charactersQuery(query), enabled: isOld });

  return (
    <Dialog title={t("matrix.download.title")} onClose={onClose}>
      <div className="flex flex-col gap-1">
        <p className="font-bold">
          {t("matrix.download.what", { count: matrix.summary.people, date: date(matrix.as_of) })}
        </p>
        {matrix.compared_to !== null && (
          <p>{t("matrix.download.compared", { date: date(matrix.compared_to) })}</p>
        )}
        <p className="text-dns-16N-130 text-solid-gray-700">{t("matrix.download.logged")}</p>
      </div>
      <fieldset className="flex flex-col gap-3">
        <legend className="pb-2 text-std-17B-170">{t("matrix.download.format")}</legend>
        {FORMATS.map((value) => (
          <div key={value} className="flex items-start gap-3">
            <input
              type="radio"
              id={`${id}-${value}`}
              name={`${id}-format`}
              value={value}
              checked={format === value}
              onChange={() => setFormat(value)}
              aria-describedby={`${id}-${value}-help`}
              className="mt-1 size-5 shrink-0 accent-key-900"
            />
            <div className="min-w-0">
              <label htmlFor={`${id}-${value}`} className="block font-bold">
                {t(TEXTS[value].name)}
              </label>
              <p id={`${id}-${value}-help`} className="text-dns-16N-130 text-solid-gray-700">
                {t(TEXTS[value].help)}
              </p>
            </div>
          </div>
        ))}
      </fieldset>
      {isOld && <LostCharacters found={lost} />}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="outline" onClick={onClose}>
          {t("matrix.download.close")}
        </Button>
        <a href={downloadAddress(search, format)} download className={buttonClasses({})}>
          <Icon name="download" className="size-5" />
          {t("matrix.download.start")}
        </a>
      </div>
    </Dialog>
  );
}
