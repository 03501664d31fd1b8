import { useTranslation } from "react-i18next";

import type { AssessmentQuestion } from "../../api/contract";

type Props = {
  question: AssessmentQuestion;
  level: number | undefined;
  /** It was to be handed in without an answer. */
  isMissing: boolean;
  onChoose: (level: number) => void;
};

export const choiceName = (key: string): string => `level-${key}`;

/** One skill: what each level means in it, and which one it is. */
export function LevelChoice({ question, level, isMissing, onChoose }: Props) {
  const { t } = useTranslation();
  const { competency, steps } = question;
  const name = choiceName(competency.key);
  return (
    <fieldset
      aria-describedby={isMissing ? `${name}-error` : undefined}
      className={`min-w-0 rounded-12 border p-4 md:p-6 ${isMissing ? "border-2 border-error-1" : "border-solid-gray-420"}`}
    >
      <legend className="float-left mb-3 w-full text-std-17B-170">{competency.title}</legend>
      <div className="clear-both flex flex-col">
        {isMissing && (
          <p id={`${name}-error`} className="mb-2 text-dns-16N-130 text-error-1">
            ＊{t("assessment.chooseLevel")}
          </p>
        )}
        {steps.map((step) => (
          <label
            key={step.level}
            className="flex cursor-pointer gap-3 rounded-8 px-2 py-2 hover:bg-solid-gray-50 has-checked:bg-key-50"
          >
            <input
              type="radio"
              name={name}
              value={step.level}
              checked={level === step.level}
              onChange={() => onChoose(step.level)}
              className="mt-1 size-5 shrink-0 scroll-my-40 accent-key-900"
            />
            <span className="min-w-0">
              <span className="font-bold">
                {t("assessment.step", { level: step.level, title: step.title })}
              </span>
              {step.text !== "" && (
                <span className="block text-dns-16N-130 text-solid-gray-700">{step.text}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
