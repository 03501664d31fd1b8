import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { usePairChange } from "./change";
import { Refused } from "./Refused";

const LONGEST = 500;

type Props = {
  title: string;
  text: string;
  action: string;
  done: string;
  onSend: (reason: string) => Promise<unknown>;
  onClose: () => void;
};

/** To decline or to end, with a reason if one wants to give one. */
export function ReasonDialog({ title, text, action, done, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const sending = usePairChange(() => onSend(reason.trim()), done, onClose);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate(undefined);
        }}
      >
        <p>{text}</p>
        <TextField
          label={t("mentoring.reason")}
          rows={3}
          maxLength={LONGEST}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {sending.isError && <Refused error={sending.error} />}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="outline" onClick={onClose}>
            {t("workshop.back")}
          </Button>
          <Button type="submit" disabled={sending.isPending}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
