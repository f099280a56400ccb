// People: the doctors of a hospital, out of the roles they have there, each once and by name.

import type { PractitionerRole } from 'fhir/r4';

export interface Person {
  /** `Practitioner/1` */
  readonly reference: string;
  readonly name: string;
  readonly specialty: string;
}

/** Front desks have roles without a specialty; nobody books a visit with them. */
export const peopleOf = (roles: readonly PractitionerRole[]): readonly Person[] => {
  const people = new Map<string, Person>();
  for (const { practitioner, specialty } of roles) {
    const { reference, display } = practitioner ?? {};
    if (reference === undefined || specialty === undefined || people.has(reference)) continue;
    const [first] = specialty;
    people.set(reference, {
      ...{ reference, name: display ?? reference },
      specialty: first?.text ?? first?.coding?.[0]?.display ?? '',
    });
  }
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
};
