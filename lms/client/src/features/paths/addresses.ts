export const PATHS = "/paths";

export const pathAddress = (path: string): string => `${PATHS}/${path}`;
