// Makes a problem name the entry it is about, in its text and in its expressions.

import { Problem } from '../../fhir/problem.ts';

/** `Patient.name[0]` of the entry's resource becomes `Bundle.entry[3].resource.name[0]`. */
export const atEntry = (place: number, problem: Problem, resourceType?: string): Problem => {
  const entry = `Bundle.entry[${String(place)}]`;
  const issues = problem.issues.map((issue) => ({
    ...issue,
    diagnostics: `${entry}: ${issue.diagnostics}`,
    expression: (issue.expression ?? ['']).map((path) => within(entry, path, resourceType)),
  }));
  return new Problem(problem.status, issues, problem.headers, { cause: problem });
};

const within = (entry: string, path: string, resourceType: string | undefined): string => {
  if (path === '') return entry;
  if (path.startsWith('Bundle.entry[')) return path;
  if (resourceType !== undefined && isOf(path, resourceType))
    return `${entry}.resource${path.slice(resourceType.length)}`;
  return /^(request|resource|fullUrl|search|response)\b/.test(path)
    ? `${entry}.${path}`
    : `${entry}.resource.${path}`;
};

/** `Patient.name` is of Patient, `PatientLike` is not. The type is the client's word: nothing may be made of it. */
const isOf = (path: string, resourceType: string): boolean =>
  path.startsWith(resourceType) && !/^[A-Za-z]/.test(path.slice(resourceType.length));
