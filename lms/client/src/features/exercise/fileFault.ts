import type { DataExercise } from "../../api/contract";

export type FileFault = "tooLarge" | "wrongEnding";

const ENDINGS: Record<DataExercise["formats"][number], readonly string[]> = {
  csv: [".csv", ".txt", ".tsv"],
  xlsx: [".xlsx"],
};

export function endingsOf(formats: DataExercise["formats"]): string[] {
  return formats.flatMap((format) => ENDINGS[format]);
}

/** What can be told before anything is sent; the server looks closer. */
export function fileFault(
  file: { name: string; size: number },
  exercise: Pick<DataExercise, "formats" | "max_bytes">,
): FileFault | null {
  const name = file.name.toLowerCase();
  if (!endingsOf(exercise.formats).some((ending) => name.endsWith(ending))) return "wrongEnding";
  return file.size > exercise.max_bytes ? "tooLarge" : null;
}
