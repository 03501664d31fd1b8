import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import { meQuery } from "../../api/queries";
import { signIn } from "../../api/session";
import { LanguageSwitch } from "../../app/LanguageSwitch";
import { siteName } from "../../app/site";
import { isClientAddress, wantedAddress } from "../../app/wanted";
import { Banner } from "../../components/Banner";
import { Button } from "../../components/Button";
import { InputField } from "../../components/Field";
import { PageHeading } from "../../components/PageHeading";
import { loginFaultKey } from "./faults";

export function LoginPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const wanted = wantedAddress(search);
  return (
    <div className="flex min-h-dvh flex-col bg-solid-gray-50">
      <header className="border-b border-solid-gray-420 bg-white">
        <div className="mx-auto flex max-w-[76rem] items-center justify-between gap-4 px-4 py-3 md:px-8">
          <p className="text-std-18B-160 text-solid-gray-900">{siteName}</p>
          <LanguageSwitch />
        </div>
      </header>
      <main className="mx-auto flex w-full max-w-lg flex-1 flex-col gap-6 px-4 py-8 md:py-14">
        <PageHeading title={t("login.title")} />
        {wanted !== "/" && <Banner tone="info" title={t("login.needed")} />}
        <LoginForm wanted={wanted} />
        <p className="text-dns-16N-130 text-solid-gray-700">{t("login.help")}</p>
      </main>
    </div>
  );
}

function LoginForm({ wanted }: { wanted: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const navigate = useNavigate();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isShown, setIsShown] = useState(false);
  const [isChecked, setIsChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const signingIn = useMutation({
    mutationFn: () => signIn(username.trim(), password),
    onSuccess: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
    onError: () => form.current?.querySelector<HTMLInputElement>("[name=password]")?.focus(),
  });

  const isSignedIn = me !== null && me !== undefined;
  useEffect(() => {
    if (!isSignedIn) return;
    if (isClientAddress(wanted)) void navigate(wanted, { replace: true });
    else window.location.replace(wanted);
  }, [isSignedIn, wanted, navigate]);

  const missing = (value: string) => isChecked && value.trim() === "";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsChecked(true);
    const empty = username.trim() === "" ? "username" : password === "" ? "password" : null;
    if (empty === null) signingIn.mutate();
    else form.current?.querySelector<HTMLInputElement>(`[name=${empty}]`)?.focus();
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-6 rounded-12 border border-solid-gray-200 bg-white p-4 md:p-8"
    >
      {signingIn.isError && (
        <Banner tone="error" title={t("login.failed")} isAlert>
          <p>{t(loginFaultKey(signingIn.error))}</p>
        </Banner>
      )}
      <InputField
        label={t("login.staffNumber")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
        error={missing(username) ? t("login.staffNumberMissing") : null}
      />
      <div className="flex flex-col gap-3">
        <InputField
          label={t("login.password")}
          name="password"
          type={isShown ? "text" : "password"}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={missing(password) ? t("login.passwordMissing") : null}
        />
        <label className="flex items-center gap-2 text-dns-16N-130">
          <input
            type="checkbox"
            className="size-5 accent-key-900"
            checked={isShown}
            onChange={(event) => setIsShown(event.target.checked)}
          />
          {t("login.showPassword")}
        </label>
      </div>
      <Button type="submit" size="lg" disabled={signingIn.isPending}>
        {signingIn.isPending ? t("login.signingIn") : t("login.signIn")}
      </Button>
    </form>
  );
}
