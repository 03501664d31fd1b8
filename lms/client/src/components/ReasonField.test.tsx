import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { ReasonField, useReason } from "./ReasonField";

function Form({ isNeeded, start }: { isNeeded: boolean; start: string }) {
  const reason = useReason(isNeeded, start);
  const field = { ...reason.field, isFaulty: reason.isMissing };
  return (
    <>
      <ReasonField label="理由" missing="理由がありません。" field={field} longest={500} />
      <output>{reason.said}</output>
    </>
  );
}

const shown = (isNeeded: boolean, start: string) =>
  renderToStaticMarkup(<Form isNeeded={isNeeded} start={start} />);

it.each([
  [true, " ", true],
  [true, "", true],
  [true, "多忙", false],
  [false, "", false],
])("needed %s, said “%s”: missing %s", (isNeeded, start, isMissing) => {
  expect(shown(isNeeded, start).includes("理由がありません。")).toBe(isMissing);
});

it("is sent without the blanks around it, and not faulted before it was sent", () => {
  function Once() {
    const { said, field } = useReason(true, "");
    return <output>{`${said}|${String(field.isFaulty)}`}</output>;
  }
  expect(shown(true, "　多忙 \n")).toContain("<output>多忙</output>");
  expect(renderToStaticMarkup(<Once />)).toContain("|false");
});
