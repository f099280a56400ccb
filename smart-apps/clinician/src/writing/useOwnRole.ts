// useOwnRole: who writes: the hospital in whose name, and the practitioner as such.

import type { Organization, Practitioner, PractitionerRole, Reference } from 'fhir/r4';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { formatName } from '@meridian/ui/format/person.ts';
import { useSession } from '@meridian/ui/session/session.ts';

export interface OwnRole {
  readonly organization: Organization | undefined;
  readonly practitioner: Practitioner | undefined;
  /** For `requester` and the like. */
  readonly reference: Reference;
}

export const useOwnRole = (): OwnRole => {
  const { user } = useSession();
  return useRoleOf(user)!;
};

/** Of `Practitioner/1`; undefined where nobody is named. */
export const useRoleOf = (practitioner: string | undefined): OwnRole | undefined => {
  const { included } = useSearch<PractitionerRole>(
    'PractitionerRole',
    practitioner === undefined
      ? undefined
      : {
          ...{ practitioner, _count: 1 },
          _include: ['PractitionerRole:organization', 'PractitionerRole:practitioner'],
        },
  );
  if (practitioner === undefined) return undefined;
  const person = included.find((each) => each.resourceType === 'Practitioner');
  return {
    organization: included.find((each) => each.resourceType === 'Organization'),
    practitioner: person,
    reference: { reference: practitioner, ...displayOf(person) },
  };
};

const displayOf = (person: Practitioner | undefined): { readonly display?: string } => {
  const name = formatName(person?.name);
  return name === '' ? {} : { display: name };
};
