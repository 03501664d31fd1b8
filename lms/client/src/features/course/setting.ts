/** Where a course is shown: to its learner, or as a draft to a reviewer. */

import type { UseQueryOptions } from "@tanstack/react-query";
import { type ComponentType, createContext, type ReactNode, useContext } from "react";

import type { Attempt, Block, DataExercise, Grade, Lesson, Statement } from "../../api/contract";
import { exerciseQuery, handIn, type Launched, launchQuery } from "../../api/queries";
import type { Crumb } from "../../components/Breadcrumbs";
import { statementQueue } from "../player/statementQueue";
import { courseAddress, lessonAddress } from "./addresses";

export type BlockProps = { lesson: Lesson; block: Block; number: number; children: ReactNode };

export type CourseSetting = {
  courseAddress: (course: string) => string;
  lessonAddress: (course: string, lesson: string) => string;
  /** What is needed to play an activity. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the kind of key is the query's own
  launch: (course: string, activity: string) => UseQueryOptions<Launched, Error, Launched, any>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  exercise: (course: string, activity: string) => UseQueryOptions<DataExercise, Error, DataExercise, any>;
  /** Has a file graded; where tries are kept, the answer is the one that was added. */
  handIn: (course: string, activity: string, file: File) => Promise<Grade | Attempt>;
  /** Where what somebody did goes. */
  record: (statement: Statement) => void;
  /** Whether workshops have sessions to register for. */
  hasSessions?: boolean;
  /** Where the breadcrumbs begin; undefined = the home page, null = with the course. */
  home?: Crumb | null;
  /** Stands around each block, below the course's heading, and in the list of lessons. */
  besideBlock?: ComponentType<BlockProps>;
  besideCourse?: ComponentType;
  besideLessonTitle?: ComponentType<{ lesson: Lesson }>;
};

const LEARNER: CourseSetting = {
  courseAddress,
  lessonAddress,
  launch: launchQuery,
  exercise: exerciseQuery,
  handIn,
  record: (statement) => void statementQueue.add(statement),
  hasSessions: true,
};

export const SettingContext = createContext<CourseSetting>(LEARNER);

export function useSetting(): CourseSetting {
  return useContext(SettingContext);
}
