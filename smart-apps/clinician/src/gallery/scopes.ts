// Scopes: what an app may ask for, sorted into what a person wants to know of it.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

export interface Asked {
  /** What it may do with the record, most powerful first. */
  readonly rights: readonly Right[];
  /** It knows who has signed in. */
  readonly knowsUser: boolean;
  /** It goes on when nobody looks. */
  readonly isLasting: boolean;
}

export interface Right {
  readonly reach: 'patient' | 'user' | 'system';
  /** A resource type, or `*`. */
  readonly type: string;
  readonly mayChange: boolean;
}

export const askedBy = (scopes: readonly string[]): Asked => ({
  rights: distinct(scopes.flatMap(rightOf)).toSorted(
    (a, b) => Number(b.mayChange) - Number(a.mayChange),
  ),
  knowsUser: scopes.includes('fhirUser') || scopes.includes('openid'),
  isLasting: scopes.includes('offline_access'),
});

const rightOf = (scope: string): readonly Right[] => {
  const found = /^(patient|user|system)\/(\*|[A-Za-z]+)\.([a-z*]+)/.exec(scope);
  if (found === null) return [];
  const [, reach, type, letters] = found as unknown as [string, Right['reach'], string, string];
  return [{ reach, type, mayChange: mayChange(letters) }];
};

/** Of the first version (`write`, `*`) and of the second (`cruds`). */
const mayChange = (letters: string): boolean =>
  letters === '*' || letters === 'write' || (letters !== 'read' && /[cud]/.test(letters));

const distinct = (rights: readonly Right[]): readonly Right[] => [
  ...new Map(
    rights.map((right) => [`${right.reach} ${right.type} ${String(right.mayChange)}`, right]),
  ).values(),
];
