// guardianship: a RelatedPerson and the Consent by which a guardian may look after a dependant's record, as access/standing
// wants them: of a minor until the day of majority, of an adult for two years, and both until it is taken back.
// https://hl7.org/fhir/R4/consent.html

import type { Caller } from '../access/caller.ts';
import { guardianshipKind, type Guardianship } from '../access/guardianship.ts';
import { serversPermit } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import { businessRule } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';

export interface Guarding {
  /** Logical ids. */
  readonly dependant: string;
  readonly guardian: string;
  readonly birthDate: string;
  /** CodeableConcept of v3-RoleCode. */
  readonly relationship: object;
  /** The guardian's HumanName. */
  readonly name: object | undefined;
}

export interface GuardingParts {
  readonly caller: Caller | undefined;
  readonly majorityAge: number;
  readonly context: Context;
}

export interface PlannedGuardianship {
  readonly relatedPerson: string;
  readonly changes: readonly Put[];
}

/** Throws 422 for a relationship that is not valid. Kept by the dependant: no hospital can change who stands for them. */
export const planGuardianship = async (
  guarding: Guarding,
  { caller, majorityAge, context }: GuardingParts,
): Promise<PlannedGuardianship> => {
  const { dependant, guardian } = guarding;
  if (dependant === guardian)
    throw businessRule('Nobody is their own guardian; name another person.', 'guardian');
  const permit = serversPermit({ caller, custodian: `Patient/${dependant}` });
  const relatedPerson = context.newId();
  const now = context.now();
  const minority = isMinorAt(guarding.birthDate, majorityAge, now)
    ? endOfMinority(guarding.birthDate, majorityAge)
    : undefined;
  const resources: readonly (readonly [string, Resource])[] = [
    [relatedPerson, relatedPersonOf(guarding)],
    [context.newId(), consentOf(guarding, { relatedPerson, now, minority })],
  ];
  const changes = await Promise.all(
    resources.map(async ([id, resource]) => {
      const draft = {
        ...({ type: resource.resourceType, method: 'POST' } as const),
        ...{ id, document: documentOf(resource) },
      };
      return (await prepare(draft, permit, context)).change;
    }),
  );
  // There before the relation is: an account that is opened later finds whom it stands for.
  await context.store.records.put(guardianshipKind, relatedPerson, {
    ...{ relatedPerson: `RelatedPerson/${relatedPerson}`, guardian: `Patient/${guardian}` },
  } satisfies Guardianship);
  return { relatedPerson, changes };
};

/** A birth date that is not whole is nobody's to guess at: then the person counts as an adult, who is asked. */
export const isMinorAt = (birthDate: unknown, majorityAge: number, now: number): boolean =>
  typeof birthDate === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(birthDate) &&
  majority(birthDate, majorityAge) > now;

/** Milliseconds since 1970: the day of majority, as it begins. */
const majority = (birthDate: string, majorityAge: number): number => {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number];
  return Date.UTC(year + majorityAge, month - 1, day);
};

/** The last day of being a minor: a period holds the whole of the day at its end. */
const endOfMinority = (birthDate: string, majorityAge: number): string =>
  dayOf(majority(birthDate, majorityAge) - day);

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const day = 86_400_000;
const adultDays = 2 * 365;

const relatedPersonOf = ({ dependant, relationship, name }: Guarding): Resource => ({
  ...{ resourceType: 'RelatedPerson', active: true },
  patient: { reference: `Patient/${dependant}` },
  relationship: [relationship],
  ...(name === undefined ? {} : { name: [name] }),
});

interface Terms {
  readonly relatedPerson: string;
  readonly now: number;
  /** The last day of it; undefined of an adult. */
  readonly minority: string | undefined;
}

const consentOf = ({ dependant }: Guarding, { relatedPerson, now, minority }: Terms): Resource => {
  const standsFor = { reference: `RelatedPerson/${relatedPerson}` };
  const who = { reference: `Patient/${dependant}` };
  const since = new Date(now).toISOString();
  return {
    ...{ resourceType: 'Consent', status: 'active' },
    scope: coded('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coded('http://loinc.org', '59284-0')],
    patient: who,
    dateTime: since,
    // A minor's guardian states it; an adult has been asked.
    performer: [minority === undefined ? who : standsFor],
    policyRule: coded('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'OPTIN'),
    provision: {
      type: 'permit',
      // Nobody stands for an adult for ever by being forgotten.
      period: { start: since, end: minority ?? dayOf(now + adultDays * day) },
      actor: [
        {
          role: coded('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'),
          reference: standsFor,
        },
      ],
    },
  };
};

const coded = (system: string, code: string): object => ({ coding: [{ system, code }] });
