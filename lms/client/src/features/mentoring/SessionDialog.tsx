import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MentorPair } from "../../api/contract";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { InputField, SelectField, TextField } from "../../components/Field";
import { officeDay } from "../../i18n/dates";
import { usePairChange } from "./change";
import { logSession } from "./queries";
import { Refused } from "./Refused";

const LONGEST = 1000;
const MOST_MINUTES = 480;
const USUAL_MINUTES = "60";

/** When, how long, which skill, what was done, and which level the learner showed. */
export function SessionDialog({ pair, onClose }: { pair: MentorPair; onClose: () => void }) {
  const { t } = useTranslation();
  const today = officeDay(new Date());
  const [key, setKey] = useState(pair.skills[0]?.competency.key ?? "");
  const [heldOn, setHeldOn] = useState(today);
  const [minutes, setMinutes] = useState(USUAL_MINUTES);
  const [level, setLevel] = useState(1);
  const [text, setText] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const most = pair.skills.find(({ competency }) => competency.key === key)?.level ?? 1;
  const length = Number(minutes);
  const faults = {
    day: heldOn === "" || heldOn > today,
    minutes: !Number.isInteger(length) || length < 1 || length > MOST_MINUTES,
    text: text.trim() === "",
  };
  const logging = usePairChange(
    () =>
      logSession(pair.uuid, {
        competency: key,
        held_on: heldOn,
        minutes: length,
        text: text.trim(),
        level: Math.min(level, most),
      }),
    t("mentoring.session.logged"),
    onClose,
  );
  const error = (isFault: boolean, words: string) => (isChecked && isFault ? words : null);
  return (
    <Dialog title={t("mentoring.session.log")} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          setIsChecked(true);
          if (!Object.values(faults).includes(true)) logging.mutate(undefined);
        }}
      >
        <div className="grid gap-4 md:grid-cols-2">
          <InputField
            isCompact
            type="date"
            label={t("mentoring.session.day")}
            value={heldOn}
            max={today}
            error={error(faults.day, t("mentoring.session.dayFault"))}
            onChange={(event) => setHeldOn(event.target.value)}
          />
          <InputField
            isCompact
            type="number"
            min={1}
            max={MOST_MINUTES}
            label={t("mentoring.session.length")}
            value={minutes}
            error={error(faults.minutes, t("mentoring.session.lengthFault", { count: MOST_MINUTES }))}
            onChange={(event) => setMinutes(event.target.value)}
          />
        </div>
        <SelectField
          label={t("skills.competency")}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        >
          {pair.skills.map(({ competency }) => (
            <option key={competency.key} value={competency.key}>
              {competency.title}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("mentoring.session.level", { name: pair.learner.name })}
          value={Math.min(level, most)}
          onChange={(event) => setLevel(Number(event.target.value))}
        >
          {Array.from({ length: most }, (_, index) => index + 1).map((one) => (
            <option key={one} value={one}>
              {t("level.number", { level: one })}
            </option>
          ))}
        </SelectField>
        <TextField
          isCompact
          label={t("mentoring.session.text")}
          rows={4}
          maxLength={LONGEST}
          value={text}
          error={error(faults.text, t("mentoring.session.textFault"))}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="text-dns-16N-130 text-solid-gray-700">{t("mentoring.session.logHelp")}</p>
        {logging.isError && <Refused error={logging.error} />}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="outline" onClick={onClose}>
            {t("workshop.back")}
          </Button>
          <Button type="submit" disabled={logging.isPending}>
            {t("mentoring.session.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
