// useHospital: the organization for which the person at the desk works, and who works there. The server decides by the account;
// this is what the pages show and search by.

import { useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { hospitalsOf } from '@meridian/ui/fhir/roles.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Location, Organization, PractitionerRole } from 'fhir/r4';
import { peopleOf, type Person } from './people.ts';

export interface Hospital {
  /** `Organization/1`; undefined until it is known. */
  readonly organization: string | undefined;
  readonly name: string;
  /** Works for other hospitals, too: pages say which one is meant. */
  readonly isOneOfSeveral: boolean;
  readonly error: unknown;
}

export const useHospital = (): Hospital => {
  const { user } = useSession();
  const { items, included, error } = useSearch<PractitionerRole>('PractitionerRole', {
    ...{ practitioner: user, active: 'true', _count: 20 },
    _include: 'PractitionerRole:organization',
  });
  const hospitals = hospitalsOf(items);
  const reference = hospitals[0]?.reference;
  const found = included.find(
    (each): each is Organization =>
      each.resourceType === 'Organization' && `Organization/${each.id ?? ''}` === reference,
  );
  return {
    organization: reference,
    name: found?.name ?? hospitals[0]?.display ?? '',
    ...{ isOneOfSeveral: hospitals.length > 1, error },
  };
};

/** Whom visits can be with: those of the hospital who have a specialty. */
export const useDoctors = (): readonly Person[] => {
  const { organization } = useHospital();
  const { items } = useSearch<PractitionerRole>(
    'PractitionerRole',
    organization === undefined ? undefined : { organization, active: 'true', _count: 100 },
  );
  return peopleOf(items);
};

/** What places are called: what refers to one often does not say it. */
export const usePlaceNames = (): ReadonlyMap<string, string> =>
  new Map(usePlaces().items.map(({ id = '', name = '' }) => [`Location/${id}`, name]));

export const usePlaces = (): Found<Location> => {
  const { organization } = useHospital();
  return useSearch<Location>(
    'Location',
    organization === undefined ? undefined : { organization, _count: 50 },
  );
};
