// useHospital: the organization for which the person at the desk works, as the token says, and who works there.

import { useRead, useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { hospitalsOf } from '@meridian/ui/fhir/roles.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { deviceTimeZone } from '@meridian/ui/time/day.ts';
import { useTimeZone } from '@meridian/ui/visits/useTimeZone.ts';
import type { Location, Organization, PractitionerRole } from 'fhir/r4';
import { peopleOf, type Person } from './people.ts';

export interface Hospital {
  /** `Organization/1`; undefined of who works for none. */
  readonly organization: string | undefined;
  readonly name: string;
  /** Works for other hospitals, too: pages say which one is meant. */
  readonly isOneOfSeveral: boolean;
  readonly error: unknown;
}

export const useHospital = (): Hospital => {
  const { user, organization } = useSession();
  const { items } = useSearch<PractitionerRole>('PractitionerRole', {
    ...{ practitioner: user, active: 'true', _count: 20 },
  });
  const { data, error } = useRead<Organization>(
    'Organization',
    organization?.replace('Organization/', ''),
  );
  const isOneOfSeveral = hospitalsOf(items).length > 1;
  return { organization, name: data?.name ?? '', isOneOfSeveral, error };
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

/** This device's until it is known, which is nearly always the same. */
export const useHospitalTimeZone = (): string => {
  const doctors = useDoctors();
  const actors = doctors.map(({ reference }) => reference);
  return useTimeZone(actors.length === 0 ? undefined : actors) ?? deviceTimeZone();
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
