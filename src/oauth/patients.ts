// Patients: whose record a user may choose. The rule is the one that later lets the app read it: the permit.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#requesting-context-with-scopes

import type { Caller, Role } from '../access/caller.ts';
import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { isStaffRole } from '../access/staff.ts';
import type { User } from '../access/user.ts';
import { wardOf } from '../access/ward.ts';
import type { Query } from '../fhir/query.ts';
import { readReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and, type Plan } from '../search/plan.ts';
import type { RecordStore, ResourceStore } from '../store/port.ts';

export interface PatientChoice {
  readonly patient: Resource;
  readonly id: string;
  /** As whom the user then acts. */
  readonly role: Role;
  readonly fhirUser?: string;
}

/** Counts the searches by identifier that find nothing, as it does those of the API. */
export interface LookUps {
  /** Throws a Problem (429) when too many of this caller have found nothing. */
  readonly checkLookUp: (caller: Caller) => void;
  readonly missedLookUp: (caller: Caller) => void;
}

export interface PatientSources {
  readonly resources: ResourceStore;
  readonly records: RecordStore;
  readonly permitOf: (caller: Caller) => Promise<Permit> | Permit;
  /** The plan of a search for patients by these parameters. Throws a Problem. */
  readonly planPatients: (query: Query) => Promise<Plan>;
  /** Absent when nobody counts. */
  readonly lookUps?: LookUps | undefined;
}

export interface Patients {
  /** Oneself and the people one acts for: shown without a search. */
  readonly ownOf: (user: User) => Promise<readonly PatientChoice[]>;
  /** Found within the reach of staff, at most twenty; of anyone else none. */
  readonly search: (user: User, query: Query) => Promise<readonly PatientChoice[]>;
  /**
   * Privately first: who stands for a patient does so, also a clinician. undefined when there is no such patient or this user
   * may not see it, which look alike.
   */
  readonly choose: (user: User, id: string) => Promise<PatientChoice | undefined>;
  /** As `choose`, but staff act as staff: an EHR is where they work. */
  readonly chooseAtWork: (user: User, id: string) => Promise<PatientChoice | undefined>;
  /** Encounters of the chosen patient that this user may see as whom they then act; those changed last first, at most twenty. */
  readonly encountersOf: (user: User, choice: PatientChoice) => Promise<readonly Resource[]>;
  /** Whether the encounter is of the chosen patient, and this user may see it as whom they then act. */
  readonly seesEncounter: (user: User, choice: PatientChoice, id: string) => Promise<boolean>;
}

export const isStaff = (user: User): boolean => isStaffRole(user.role);

export const createPatients = (sources: PatientSources): Patients => {
  const { resources, planPatients, lookUps } = sources;
  const own = async (user: User): Promise<readonly PatientChoice[]> => {
    const found = await Promise.all(identitiesOf(user).map((one) => actFor(one, user, sources)));
    return found.filter((choice) => choice !== undefined);
  };
  const search: Patients['search'] = async (user, query) => {
    if (!isStaff(user)) return [];
    const caller = asking(user, user.role);
    const asked = identifiersIn(query);
    if (asked > 0) lookUps?.checkLookUp(caller);
    const permit = await sources.permitOf(caller);
    const plan = restrict(await planPatients(query), ['Patient'], permit, 'search');
    const { items } = await resources.search(plan, { sort: [], size: 20 });
    for (let missed = asked - items.length; missed > 0; missed -= 1) lookUps?.missedLookUp(caller);
    return items.map(({ id, text }) => ({
      ...{ id, patient: JSON.parse(text) as Resource, role: user.role },
      ...(user.fhirUser === undefined ? {} : { fhirUser: user.fhirUser }),
    }));
  };
  const asOneself: Patients['choose'] = async (user, id) =>
    (await own(user)).find((choice) => choice.id === id);
  const asStaff: Patients['choose'] = async (user, id) => {
    if (!isStaff(user)) return undefined;
    const patient = await readOne('Patient', id, asking(user, user.role), sources);
    if (!patient) return undefined;
    const { role, fhirUser } = user;
    return { patient, id, role, ...(fhirUser === undefined ? {} : { fhirUser }) };
  };
  const choose: Patients['choose'] = async (user, id) =>
    (await asOneself(user, id)) ?? asStaff(user, id);
  const chooseAtWork: Patients['choose'] = async (user, id) =>
    isStaff(user) ? asStaff(user, id) : asOneself(user, id);
  const seesEncounter: Patients['seesEncounter'] = async (user, choice, id) => {
    const encounter = await readOne('Encounter', id, asking(user, choice.role, choice), sources);
    const subject = encounter?.['subject'] as { readonly reference?: string } | undefined;
    return subject?.reference === `Patient/${choice.id}`;
  };
  const encountersOf: Patients['encountersOf'] = async (user, choice) => {
    const permit = await sources.permitOf(asking(user, choice.role, choice));
    const plan = and(
      { op: 'type', types: ['Encounter'] },
      { op: 'reference', params: [compartmentParam], targets: [`Patient/${choice.id}`] },
      permit.filter('Encounter', 'search'),
    );
    const sort = [{ by: 'updated', direction: 'desc' }] as const;
    const { items } = await resources.search(plan, { sort, size: 20 });
    return items.map(({ text }) => JSON.parse(text) as Resource);
  };
  return { ownOf: own, search, choose, chooseAtWork, encountersOf, seesEncounter };
};

/** A list asks for each in it. */
const identifiersIn = (query: Query): number =>
  query
    .filter(([name]) => name === 'identifier')
    .reduce((sum, [, value]) => sum + value.split(',').length, 0);

/** A person may be a patient here and stand for others as well. */
const identitiesOf = (user: User): readonly string[] => [
  ...new Set([
    ...(user.fhirUser === undefined ? [] : [user.fhirUser]),
    ...(user.relatedPersons ?? []),
  ]),
];

/** The choice that one identity of a user gives: a Patient themself, a RelatedPerson their patient. */
const actFor = async (
  identity: string,
  user: User,
  sources: PatientSources,
): Promise<PatientChoice | undefined> => {
  const { type, id } = readReference(identity) ?? { type: '', id: '' };
  const isSelf = type === 'Patient';
  const patientId = isSelf ? id : type === 'RelatedPerson' ? await wardOf(id, sources) : undefined;
  if (patientId === undefined) return undefined;
  const role: Role = isSelf ? 'patient' : 'proxy';
  const caller = asking(user, role, { id: patientId, fhirUser: identity });
  const patient = await readOne('Patient', patientId, caller, sources);
  return patient && { patient, id: patientId, role, fhirUser: identity };
};

const readOne = async (
  type: string,
  id: string,
  caller: Caller,
  { resources, permitOf }: PatientSources,
): Promise<Resource | undefined> => {
  const permit = await permitOf(caller);
  const plan = and(
    { op: 'type', types: [type] },
    { op: 'id', ids: [id] },
    permit.filter(type, 'read'),
  );
  const { items } = await resources.search(plan, { sort: [], size: 1 });
  return items[0] && (JSON.parse(items[0].text) as Resource);
};

/** The caller this user would be with a token that may look for patients and nothing else. */
const asking = (
  user: User,
  role: Role,
  choice?: { readonly id: string; readonly fhirUser?: string },
): Caller => {
  const fhirUser = choice?.fhirUser ?? user.fhirUser;
  const [reach] = isStaffRole(role) ? ['user'] : ['patient'];
  return {
    ...{ client: 'sign-in', token: 'sign-in', user: user.id, role },
    scopes: [`${reach}/Patient.rs`, `${reach}/Encounter.rs`],
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(user.organization === undefined || role !== user.role
      ? {}
      : { organization: user.organization }),
    ...(choice === undefined ? {} : { patient: choice.id }),
  };
};
