import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { SavedView } from "../../api/contract";
import { announce } from "../../components/announcements";
import { Button } from "../../components/Button";
import { InputField } from "../../components/Field";
import { viewOf } from "./matrixSearch";
import { deleteView, renameView, saveView, viewsQuery } from "./queries";

/** Views kept under a name, on the server; each is an address that can be passed on. */
export function SavedViews() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data: views = [] } = useQuery(viewsQuery);
  const refresh = useRefresh();
  const save = useMutation({
    mutationFn: (name: string) => saveView(name, viewOf(search)),
    onSuccess: () => refresh(t("matrix.viewSaved")),
  });

  const onSave = (form: HTMLFormElement) => {
    const name = nameIn(form);
    if (name !== "") save.mutate(name, { onSuccess: () => form.reset() });
  };

  const onCopy = async () => {
    await navigator.clipboard.writeText(`${location.origin}/matrix?${viewOf(search)}`);
    announce(t("matrix.addressCopied"));
  };

  return (
    <details className="rounded-8 border border-solid-gray-420 px-4 py-3">
      <summary className="cursor-pointer font-bold">
        {t("matrix.views")}
        {views.length > 0 && ` (${views.length})`}
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        {views.length === 0 ? (
          <p className="text-solid-gray-700">{t("matrix.viewsEmpty")}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-solid-gray-200" aria-label={t("matrix.views")}>
            {views.map((view) => (
              <ViewLine key={view.uuid} view={view} onChanged={refresh} />
            ))}
          </ul>
        )}
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            onSave(event.currentTarget);
          }}
        >
          <div className="w-64 max-w-full">
            <InputField
              isCompact
              name="name"
              label={t("matrix.viewName")}
              maxLength={60}
              required
              error={save.error?.message ?? null}
            />
          </div>
          <Button type="submit" size="sm" className="h-10" disabled={save.isPending}>
            {t("matrix.saveView")}
          </Button>
          <Button variant="text" size="sm" className="h-10" onClick={() => void onCopy()}>
            {t("matrix.copyAddress")}
          </Button>
        </form>
      </div>
    </details>
  );
}

type LineProps = { view: SavedView; onChanged: (said: string) => Promise<void> };

function ViewLine({ view, onChanged }: LineProps) {
  const { t } = useTranslation();
  const [isRenaming, setIsRenaming] = useState(false);
  const rename = useMutation({
    mutationFn: (name: string) => renameView(view.uuid, name),
    onSuccess: () => {
      setIsRenaming(false);
      return onChanged(t("matrix.viewRenamed"));
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteView(view.uuid),
    onSuccess: () => onChanged(t("matrix.viewDeleted")),
  });

  if (isRenaming) {
    return (
      <li className="py-2">
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const name = nameIn(event.currentTarget);
            if (name !== "") rename.mutate(name);
          }}
        >
          <div className="w-64 max-w-full">
            <InputField
              isCompact
              name="name"
              label={t("matrix.newName")}
              defaultValue={view.name}
              maxLength={60}
              required
              error={rename.error?.message ?? null}
            />
          </div>
          <Button type="submit" size="sm" className="h-10" disabled={rename.isPending}>
            {t("matrix.save")}
          </Button>
          <Button variant="text" size="sm" className="h-10" onClick={() => setIsRenaming(false)}>
            {t("matrix.cancel")}
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 py-1">
      <Link to={{ pathname: "/matrix", search: view.query }} className="link">
        {view.name}
      </Link>
      <span className="flex gap-2">
        <Button
          variant="text"
          size="sm"
          aria-label={t("matrix.renameNamed", { name: view.name })}
          onClick={() => setIsRenaming(true)}
        >
          {t("matrix.rename")}
        </Button>
        <Button
          variant="text"
          size="sm"
          aria-label={t("matrix.deleteNamed", { name: view.name })}
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t("matrix.delete")}
        </Button>
      </span>
    </li>
  );
}

function useRefresh(): (said: string) => Promise<void> {
  const client = useQueryClient();
  return async (said) => {
    await client.invalidateQueries({ queryKey: viewsQuery.queryKey });
    announce(said);
  };
}

function nameIn(form: HTMLFormElement): string {
  const name = new FormData(form).get("name");
  return typeof name === "string" ? name.trim() : "";
}
