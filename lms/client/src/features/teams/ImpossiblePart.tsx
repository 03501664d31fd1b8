import { useTranslation } from "react-i18next";

import type { CompositionAsked, Impossible } from "../../api/contract";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { Tag } from "../../components/Tag";

const SHOWN = 3;

type Ways = NonNullable<CompositionAsked["ways"]>;
type Props = { impossible: Impossible[]; isAsking: boolean; onRelax: (ways: Ways) => void };

/** Which rule makes it impossible, and the ways out, the cheapest first. */
export function ImpossiblePart({ impossible, isAsking, onRelax }: Props) {
  const { t } = useTranslation();
  const cheapest = impossible.flatMap(({ relaxations }, place) =>
    relaxations.length > 0 ? [{ impossible: place, relaxation: 0 }] : [],
  );
  return (
    <Banner tone="error" title={t("teams.impossible.title", { count: impossible.length })}>
      <ul className="flex w-full flex-col gap-6">
        {impossible.map((found, place) => (
          <li key={found.text} className="flex flex-col gap-3">
            <p className="font-bold">
              {found.projects.map(({ title }) => title).join(t("common.comma"))}
            </p>
            {found.relaxations.length === 0 ? (
              <p>{found.text}</p>
            ) : (
              <ol className="flex flex-col gap-3">
                {found.relaxations.slice(0, SHOWN).map((way, number) => (
                  <li
                    key={way.text}
                    className="flex flex-col items-start gap-2 rounded-8 border border-solid-gray-420 p-3"
                  >
                    <p className="flex flex-wrap items-center gap-2">
                      {number === 0 && <Tag tone="key">{t("teams.impossible.cheapest")}</Tag>}
                      <span className="font-bold">
                        {[...new Set(way.breaches.map(({ rule_title: title }) => title))].join(
                          t("common.comma"),
                        )}
                      </span>
                    </p>
                    <p>{way.text}</p>
                    <p className="text-dns-14N-130 text-solid-gray-700">
                      {t(way.is_least ? "teams.impossible.least" : "teams.impossible.perhapsLess")}
                    </p>
                    <Button
                      size="sm"
                      variant={number === 0 ? "solid" : "outline"}
                      disabled={isAsking}
                      onClick={() => onRelax([{ impossible: place, relaxation: number }])}
                    >
                      {t("teams.impossible.relax")}
                    </Button>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
      {cheapest.length > 1 && (
        <Button disabled={isAsking} onClick={() => onRelax(cheapest)}>
          {t("teams.impossible.relaxAll")}
        </Button>
      )}
    </Banner>
  );
}
