/** Where a skill is told of: in the matrix of everybody for whoever sees it, else in one's own. */
export function competencyAddress(key: string, seesMatrix: boolean): string {
  const named = encodeURIComponent(key);
  return seesMatrix ? `/matrix?competency=${named}` : `/skills/${named}`;
}
