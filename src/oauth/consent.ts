// Consent: the grant that comes out of the consent page, and the context that its tokens will carry.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import type { Role } from '../access/caller.ts';
import type { Launch } from '../access/launch.ts';
import type { Provider } from 'oidc-provider';
import type { RecordStore } from '../store/port.ts';
import { saveContext, type GrantContext } from './grant-context.ts';
import { takeLaunch } from './launches.ts';
import type { PatientChoice, Patients } from './patients.ts';
import { isContextScope } from './scope-rules.ts';
import type { AtWork } from './workplaces.ts';

export interface Consented {
  readonly user: AtWork;
  readonly client: string;
  /** Ticked, and those that go without asking. */
  readonly scopes: readonly string[];
  /** Id of the launch, when an EHR started the app. */
  readonly launch?: string;
  /** Chosen in the picker. */
  readonly patient?: string;
  readonly encounter?: string;
  /** As whom the user must act in this app; anybody without it. */
  readonly roles?: readonly Role[];
}

export interface ConsentSources {
  readonly provider: Provider;
  readonly records: RecordStore;
  readonly patients: Patients;
  readonly fhirBase: string;
}

/** The id of the new grant; undefined when the launch is used up or the user may not see that patient. */
export const grantConsent = async (
  consented: Consented,
  sources: ConsentSources,
): Promise<string | undefined> => {
  const { provider, records, fhirBase } = sources;
  const { user, client, scopes } = consented;
  const launch = consented.launch === undefined ? {} : await takeLaunch(records, consented.launch);
  if (!launch) return undefined;
  const context = await settleContext(launch, consented, sources.patients);
  if (!context) return undefined;
  const grant = new provider.Grant({ accountId: user.id, clientId: client });
  grant.addOIDCScope(scopes.filter(isContextScope).join(' '));
  // The library tells an access token's scope from this list only, so what is no resource scope is in both.
  grant.addResourceScope(fhirBase, scopes.join(' '));
  const grantId = await grant.save();
  await saveContext(records, { grantId, ...context });
  return grantId;
};

export type SettledContext = Omit<GrantContext, 'grantId'>;

/** Whom the app is opened for and as whom the user acts; undefined when this user may not. */
export const settleContext = async (
  launch: Partial<Launch>,
  { user, patient, encounter: picked, roles }: Settling,
  patients: Patients,
): Promise<SettledContext | undefined> => {
  if (launch.user !== undefined && launch.user !== user.id) return undefined;
  const id = launch.patient ?? patient;
  if (id === undefined)
    return acts(user.role, roles) ? { ...launched(launch), ...placeOf(user) } : undefined;
  const choice = await (launch.patient === undefined
    ? patients.choose(user, id)
    : patients.chooseAtWork(user, id));
  if (!choice || !acts(choice.role, roles)) return undefined;
  const wanted = launch.encounter ?? picked;
  const encounter = await encounterFor(wanted, user, choice, patients);
  const place = choice.role === user.role ? placeOf(user) : {};
  return { ...launched(launch), ...chosen(choice), ...place, ...encounter };
};

type Settling = Pick<Consented, 'user' | 'patient' | 'encounter' | 'roles'>;

const acts = (role: Role, roles: readonly Role[] | undefined): boolean =>
  roles === undefined || roles.includes(role);

/** The EHR saw the encounter, or a form named it; this user may not. */
const encounterFor = async (
  encounter: string | undefined,
  user: AtWork,
  choice: PatientChoice,
  patients: Patients,
): Promise<SettledContext> => {
  if (encounter === undefined) return {};
  return (await patients.seesEncounter(user, choice, encounter)) ? { encounter } : {};
};

/** Kept by the grant, so that another organization of the account does not move it. */
const placeOf = ({ organization, byRole }: AtWork): SettledContext => ({
  ...(organization === undefined ? {} : { organization }),
  ...(byRole ? { byRole } : {}),
});

const chosen = ({ id, role, fhirUser }: PatientChoice): SettledContext => ({
  ...{ patient: id, role },
  ...(fhirUser === undefined ? {} : { fhirUser }),
});

const launched = ({ intent, fhirContext, needPatientBanner }: Partial<Launch>): SettledContext => ({
  ...(intent === undefined ? {} : { intent }),
  ...(fhirContext === undefined ? {} : { fhirContext }),
  ...(needPatientBanner === undefined ? {} : { needPatientBanner }),
});
