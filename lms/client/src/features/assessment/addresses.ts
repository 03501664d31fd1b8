import type { FormPlace } from "./queries";

export const ASSESSMENTS = "/assessments";
export const CORRECTIONS = "/corrections";

export const teamAddress = (campaign: string): string => `${ASSESSMENTS}/${campaign}/team`;
export const calibrationAddress = (campaign: string): string => `${ASSESSMENTS}/${campaign}/calibration`;

export const formAddress = ({ campaign, staffNumber }: FormPlace): string =>
  staffNumber === null ? `${ASSESSMENTS}/${campaign}/self` : `${teamAddress(campaign)}/${staffNumber}`;
