import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { signOut } from "../api/session";
import { Button } from "../components/Button";
import { statementQueue } from "../features/player/statementQueue";
import { meQuery } from "../api/queries";
import { useMe } from "./useMe";

export function AccountMenu() {
  const { t } = useTranslation();
  const { user, employee, can } = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: async () => {
      await statementQueue.send();
      await signOut();
    },
    onSuccess: async () => {
      await navigate("/login");
      queries.clear();
      queries.setQueryData(meQuery.queryKey, null);
    },
  });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="flex flex-col items-start gap-1 text-dns-14N-130 text-solid-gray-700">
        <p>
          <span className="font-bold text-solid-gray-900">
            {employee?.name ?? user.display_name}
          </span>{" "}
          {employee?.department && <span className="ml-2">{employee.department.title}</span>}
        </p>
        {can.learn && (
          <Link to="/notices/settings" className="link">
            {t("notices.settings")}
          </Link>
        )}
      </div>
      <Button
        variant="outline"
        size="sm"
        disabled={leaving.isPending}
        onClick={() => leaving.mutate()}
      >
        {t("account.signOut")}
      </Button>
      {leaving.isError && (
        <p role="alert" className="text-dns-14N-130 text-error-1">
          {t("account.signOutFailed")}
        </p>
      )}
    </div>
  );
}
