import { useState } from "react";

import { TextField } from "./Field";

/** A reason being typed. It may be needed or not as the rest of the form changes. */
export function useReason(isNeeded: boolean, start = "") {
  const [text, setText] = useState(start);
  const [isChecked, setIsChecked] = useState(false);
  const said = text.trim();
  return {
    said,
    isMissing: isNeeded && said === "",
    /** From the first try to send on, a missing one is said to be missing. */
    check: () => setIsChecked(true),
    field: { text, isFaulty: isChecked && isNeeded && said === "", onText: setText },
  };
}

type Props = {
  label: string;
  /** What is said where one is needed and none is given. */
  missing: string;
  field: ReturnType<typeof useReason>["field"];
  rows?: number;
  longest: number;
};

/** Why: in own words. */
export function ReasonField({ label, missing, field, rows = 4, longest }: Props) {
  return (
    <TextField
      label={label}
      rows={rows}
      maxLength={longest}
      value={field.text}
      error={field.isFaulty ? missing : null}
      onChange={(event) => field.onText(event.target.value)}
    />
  );
}
