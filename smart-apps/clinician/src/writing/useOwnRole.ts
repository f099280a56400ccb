// useOwnRole: who writes: the hospital in whose name, as the token says, and the practitioner as such.

import type { Organization, Practitioner, PractitionerRole, Reference } from 'fhir/r4';
import { useRead, useSearch } from '@meridian/ui/fhir/hooks.ts';
import { hospitalsOf } from '@meridian/ui/fhir/roles.ts';
import type { SearchParameters } from '@meridian/ui/fhir/search.ts';
import { formatName } from '@meridian/ui/format/person.ts';
import { useSession } from '@meridian/ui/session/session.ts';

export interface OwnRole {
  readonly organization: Organization | undefined;
  /** Works for other hospitals, too: pages say which one is meant. */
  readonly isOneOfSeveral: boolean;
  readonly practitioner: Practitioner | undefined;
  /** For `requester` and the like. */
  readonly reference: Reference;
}

export const useOwnRole = (): OwnRole => {
  const { user, organization } = useSession();
  const { data } = useRead<Organization>(
    'Organization',
    organization?.replace('Organization/', ''),
  );
  return { ...useRoleOf(user, { active: 'true' })!, organization: data };
};

/** Of `Practitioner/1`; undefined where nobody is named. What was written before is of who has left since, too. */
export const useRoleOf = (
  practitioner: string | undefined,
  only: SearchParameters = {},
): OwnRole | undefined => {
  const { items, included } = useSearch<PractitionerRole>(
    'PractitionerRole',
    practitioner === undefined
      ? undefined
      : {
          ...{ ...only, practitioner, _count: 20 },
          _include: ['PractitionerRole:organization', 'PractitionerRole:practitioner'],
        },
  );
  if (practitioner === undefined) return undefined;
  const person = included.find((each) => each.resourceType === 'Practitioner');
  const hospitals = hospitalsOf(items);
  const hospital = hospitals[0] ?? items[0]?.organization;
  return {
    organization: included.find(
      (each): each is Organization =>
        each.resourceType === 'Organization' &&
        `Organization/${each.id ?? ''}` === hospital?.reference,
    ),
    isOneOfSeveral: hospitals.length > 1,
    practitioner: person,
    reference: { reference: practitioner, ...displayOf(person) },
  };
};

const displayOf = (person: Practitioner | undefined): { readonly display?: string } => {
  const name = formatName(person?.name);
  return name === '' ? {} : { display: name };
};
