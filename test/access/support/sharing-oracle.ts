// What Consents share, by brute force over plain JSON: every rule of every Consent is looked at for every resource.

import type { Caller } from '#src/access/caller.ts';
import type { Kept } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

interface Rule {
  readonly type: unknown;
  readonly data: number;
  readonly actor: number;
  readonly isMet: boolean;
}

/** Patients in whose record a resource is, as references. */
type RecordRefs = (resource: Kept['resource']) => readonly string[];

export const isShared = (
  kept: Kept,
  caller: Caller,
  live: readonly Kept[],
  recordRefs: RecordRefs,
): boolean => {
  const { resource } = kept;
  const type = resource.resourceType;
  if (!['clinician', 'pharmacist', 'system'].includes(caller.role)) return false;
  if (!shareable.has(type)) return false;
  if (caller.role === 'pharmacist' && type !== 'Patient' && type !== 'MedicationRequest')
    return false;
  const patients = new Set(recordRefs(resource).filter((each) => each.startsWith('Patient/')));
  if (type !== 'Patient' && patients.size !== 1) return false;
  const patient = type === 'Patient' ? `Patient/${resource.id!}` : [...patients][0]!;
  // Nobody shares who is not there any more.
  if (!live.some((each) => `Patient/${each.resource.id!}` === patient)) return false;
  const rules = live
    .filter((consent) => counts(consent, patient, kept) || hides(consent, kept))
    .flatMap((consent) => rulesOf(consent.resource['provision'] as Json, kept, caller, live));
  const applying = rules.filter(({ isMet }) => isMet);
  return applying.some(
    (permit) =>
      permit.type === 'permit' &&
      permit.actor > 0 &&
      !applying.some((other) => other.type === 'deny' && !isWider(other, permit)),
  );
};

const shareable: ReadonlySet<string> = new Set([
  ...['Patient', 'Encounter', 'Appointment', 'Observation', 'MedicationRequest'],
  ...['DocumentReference', 'List'],
]);

const counts = ({ resource, custodian = '' }: Kept, patient: string, { custodian: keeper }: Kept) =>
  resource.resourceType === 'Consent' &&
  resource['status'] === 'active' &&
  JSON.stringify(resource['scope']).includes('patient-privacy') &&
  (resource['patient'] as Json)['reference'] === patient &&
  (custodian.startsWith('Patient/') || (custodian !== '' && custodian === keeper));

/** Single resources are hidden from everybody by whoever may write such a Consent, which is nobody who does not see them. */
const hides = (consent: Kept, kept: Kept): boolean => {
  const { provision, patient } = consent.resource as unknown as Record<string, Json>;
  const isOfAll = provision?.['type'] === 'deny' && provision['actor'] === undefined;
  return (
    isOfAll &&
    provision['data'] !== undefined &&
    counts(consent, String(patient!['reference']), kept)
  );
};

const isWider = (one: Rule, other: Rule): boolean =>
  one.data <= other.data &&
  one.actor <= other.actor &&
  (one.data < other.data || one.actor < other.actor);

const rulesOf = (
  root: Json,
  kept: Kept,
  caller: Caller,
  live: readonly Kept[],
): readonly Rule[] => {
  const outer = ruleOf(root, kept, caller, live);
  const inside = list(root['provision']).map((json): Rule => {
    const inner = ruleOf(json, kept, caller, live);
    // The outer one as the same sort of rule: what a type has no place for, a permit is not about.
    const around = ruleOf({ ...root, type: json['type'] }, kept, caller, live);
    return {
      type: json['type'],
      data: Math.max(outer.data, inner.data),
      actor: Math.max(outer.actor, inner.actor),
      isMet: around.isMet && inner.isMet,
    };
  });
  const isExcepted =
    root['actor'] !== undefined && inside.some((each) => each.isMet && each.type !== outer.type);
  return [{ ...outer, isMet: outer.isMet && !isExcepted }, ...inside];
};

const ruleOf = (json: Json, kept: Kept, caller: Caller, live: readonly Kept[]): Rule => {
  const classes = list(json['class'])
    .map(({ code }) => String(code))
    .filter((code) => code !== 'everything');
  const hasAll = list(json['class']).some(({ code }) => code === 'everything');
  const named = hasAll ? [] : classes;
  const data = list(json['data']).map((each) => String((each['reference'] as Json)['reference']));
  const codes = list(json['code']);
  const labels = list(json['securityLabel']);
  const base = data.length > 0 ? 3 : codes.length > 0 ? 2 : named.length > 0 ? 1 : 0;
  const level = base + (labels.length > 0 || json['dataPeriod'] !== undefined ? 0.5 : 0);
  const actor = actorLevel(json, caller, live);
  const about = { named, data, codes, labels, level, json };
  const isMet = actor !== undefined && isNow(json, caller) && isAbout(about, kept, caller);
  return { type: json['type'], data: level, actor: actor ?? 0, isMet };
};

const actorLevel = (json: Json, caller: Caller, live: readonly Kept[]): number | undefined => {
  if (json['actor'] === undefined) return 0;
  const actors = list(json['actor']).map((each) =>
    String((each['reference'] as Json)['reference']),
  );
  const self = caller.role === 'system' ? undefined : caller.fhirUser;
  const roles = live
    .map(({ resource }) => resource)
    .filter(
      (role) =>
        self !== undefined &&
        role.resourceType === 'PractitionerRole' &&
        (role['practitioner'] as Json)['reference'] === self &&
        (role['organization'] as Json)['reference'] === caller.organization,
    )
    .map(({ id }) => `PractitionerRole/${id!}`);
  if (actors.some((each) => each === self || roles.includes(each))) return 2;
  return actors.some((each) => each === caller.organization) ? 1 : undefined;
};

const isNow = (json: Json, { purposes = ['TREAT'] }: Caller): boolean => {
  const { start = '', end = '9' } = (json['period'] ?? {}) as { start?: string; end?: string };
  const reasons = list(json['purpose']).map(({ code }) => String(code));
  return (
    start < '2026' &&
    end > '2026' &&
    (reasons.length === 0 || reasons.some((code) => purposes.includes(code)))
  );
};

interface About {
  readonly named: readonly string[];
  readonly data: readonly string[];
  readonly codes: readonly Json[];
  readonly labels: readonly Json[];
  readonly level: number;
  readonly json: Json;
}

const isAbout = (
  { named, data, codes, labels, level, json }: About,
  { resource }: Kept,
  { role }: Caller,
): boolean => {
  const type = resource.resourceType;
  const isPermit = json['type'] === 'permit';
  const isSensitive = resource.meta?.security !== undefined;
  const isServed = role !== 'pharmacist' || named.includes('medications');
  if (type === 'Patient') return isPermit ? isServed && !isSensitive : level === 0;
  const names = [kinds[type], type];
  if (isPermit && role === 'pharmacist' && named.length === 0) return false;
  if (named.length > 0 && !named.some((each) => names.includes(each))) return false;
  if (data.length > 0 && !data.includes(`${type}/${resource.id!}`)) return false;
  if (codes.length > 0 && !hasCode(resource, isPermit)) return false;
  if (json['dataPeriod'] !== undefined && !isOfTime(resource, isPermit)) return false;
  if (labels.length > 0) return isSensitive;
  return !isPermit || !isSensitive;
};

const kinds: Readonly<Record<string, string | undefined>> = {
  ...{ Observation: 'results', MedicationRequest: 'medications' },
  ...{ DocumentReference: 'documents', Encounter: 'visits', Appointment: 'appointments' },
};

/** The code "x"; Appointments have no place for a code. */
const hasCode = (resource: Json, isPermit: boolean): boolean =>
  resource['resourceType'] === 'Appointment'
    ? !isPermit
    : JSON.stringify(resource['code'] ?? '').includes('http://codes.example","code":"x"') ||
      JSON.stringify(resource['medicationCodeableConcept'] ?? '').includes('"x"');

/** From 2020 to 2021; what has no date is not for a permit, and is for a denial. */
const isOfTime = (resource: Json, isPermit: boolean): boolean => {
  const date = resource['effectiveDateTime'] ?? resource['start'];
  if (typeof date !== 'string') return !isPermit;
  return date.startsWith('2020');
};

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
