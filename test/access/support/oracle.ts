// The rules of access by brute force, over plain JSON: no plan, no index, no search. Slow, and easy to believe.

import type { Caller } from '#src/access/caller.ts';
import { kindOf } from '#src/access/kinds.ts';
import { regionsOf, ruleOf, type Region } from '#src/access/roles.ts';
import { isShared } from './sharing-oracle.ts';
import type { Kept } from './world.ts';

/** A scope as a test makes it. */
export interface TestScope {
  readonly context: 'patient' | 'user' | 'system';
  readonly type: string;
  /** Letters. */
  readonly rights: string;
  readonly criterion?: readonly ['_tag' | 'code' | 'status', string] | undefined;
}

export interface Oracle {
  /** Whether the caller may see it by reading (`r`) or by searching (`s`). */
  sees(kept: Kept, letter: 'r' | 's'): boolean;
}

type Json = Kept['resource'];

export const oracleFor = (
  caller: Caller,
  scopes: readonly TestScope[],
  world: readonly Kept[],
): Oracle => {
  const live = world.filter(({ deleted }) => !deleted);
  const own = ownPatient(caller);
  const standing = caller.role !== 'proxy' || isProxy(caller, live);

  const granted = (kept: Kept, letter: 'r' | 's'): boolean => {
    const speaking = scopes.filter(
      ({ context, rights }) => contexts(caller).includes(context) && rights.includes(letter),
    );
    return (['patient', 'user', 'system'] as const).some((context) => {
      const ours = speaking.filter((scope) => scope.context === context);
      const wild = ours.filter(({ type }) => type === '*');
      const deciding =
        wild.length > 0 ? wild : ours.filter(({ type }) => type === kept.resource.resourceType);
      const inView = caller.patient ?? own;
      const isInContext =
        context !== 'patient' ||
        (inView !== undefined && (isAboutNobody(kept) || inRecord(kept.resource, inView, live)));
      return isInContext && deciding.some((scope) => meetsCriterion(kept.resource, scope));
    });
  };

  const regions = (type: string): readonly Region[] => {
    const rule = ruleOf(caller.role, type, kindOf(type))?.rule;
    return rule ? regionsOf(rule, 'read') : [];
  };
  const isIn = (region: Region, kept: Kept): boolean => {
    const { resource, custodian } = kept;
    const isKept = caller.organization !== undefined && custodian === caller.organization;
    switch (region) {
      case 'everything':
        return true;
      case 'own record':
        return inRecord(resource, own, live);
      case 'oneself':
        return resource.id === own;
      case 'own contribution':
        return false;
      case 'kept':
        return isKept;
      case 'addressed':
        return isAddressed(resource, caller, live);
      case 'patients in care':
        return isKept || concerned(resource, ['Encounter', 'Appointment']);
      case 'patients with prescriptions':
        return isKept || concerned(resource, ['MedicationRequest']);
      case 'patients with charges':
        return isKept || concerned(resource, ['Coverage', 'Invoice']);
      case 'emergencies':
        return (caller.organization === undefined || isKept) && isEmergency(resource);
      case 'worklists':
        return (isKept || isAddressed(resource, caller, live)) && !isEmergency(resource);
      case 'shared':
        return isShared(kept, caller, live, recordRefs);
      case 'attached':
        return false;
    }
  };
  /** Something of these types that the organization keeps or is sent is about the patient. */
  const concerned = (patient: Json, types: readonly string[]): boolean =>
    caller.organization !== undefined &&
    live.some(
      (kept) =>
        types.includes(kept.resource.resourceType) &&
        (kept.custodian === caller.organization ||
          (kept.resource.resourceType !== 'Encounter' &&
            isAddressed(kept.resource, caller, live))) &&
        recordRefs(kept.resource).includes(`Patient/${patient.id!}`),
    );
  const reaches = (kept: Kept): boolean =>
    regions(kept.resource.resourceType).some((region) => isIn(region, kept));

  const sees = (kept: Kept, letter: 'r' | 's'): boolean => {
    if (!standing) return false;
    if (kept.resource.resourceType !== 'Binary') return granted(kept, letter) && reaches(kept);
    return seesBinary(kept, letter);
  };
  const seesBinary = (kept: Kept, letter: 'r' | 's'): boolean => {
    const byScope = granted(kept, letter);
    if (regions('Binary').includes('everything')) return byScope;
    const isAttached =
      regions('Binary').includes('attached') &&
      live.some(
        (other) =>
          attachments(other.resource).includes(`Binary/${kept.resource.id!}`) && sees(other, 'r'),
      );
    const isSeen = (byScope && reaches(kept)) || (isAttached && (letter === 'r' || byScope));
    const context = refOf(kept.resource['securityContext']);
    return isSeen && (context === undefined || isVisible(context));
  };
  const isVisible = (key: string): boolean => {
    const found = live.find(({ resource }) => keyOf(resource) === key);
    return found !== undefined && sees(found, 'r');
  };
  return { sees };
};

const contexts = ({ role }: Caller): readonly TestScope['context'][] =>
  role === 'system' || role === 'network' ? ['system'] : ['patient', 'user'];

const ownPatient = ({ role, fhirUser, patient }: Caller): string | undefined =>
  role === 'patient' && fhirUser?.startsWith('Patient/') === true ? fhirUser.slice(8) : patient;

const isAboutNobody = ({ resource: { resourceType } }: Kept): boolean =>
  ['directory', 'knowledge', 'attachment'].includes(kindOf(resourceType));

export const keyOf = ({ resourceType, id }: Json): string => `${resourceType}/${id!}`;

const list = (value: unknown): readonly Json[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]) as readonly Json[];
const refOf = (value: unknown): string | undefined =>
  (value as { reference?: string } | undefined)?.reference;
const refs = (...values: readonly unknown[]): readonly string[] =>
  values.flatMap((value) => list(value)).flatMap((each) => refOf(each) ?? []);

/** By which elements a resource is in the record of a patient. */
const recordRefs = (r: Json): readonly string[] => {
  switch (r.resourceType) {
    case 'Observation':
      return refs(r['subject'], r['performer']);
    case 'Encounter':
    case 'MedicationRequest':
    case 'Invoice':
    case 'List':
      return refs(r['subject']);
    case 'Communication':
      return refs(r['subject'], r['recipient'], r['sender']);
    case 'DocumentReference':
      return refs(r['subject']);
    case 'Appointment':
      return refs(...list(r['participant']).map((each) => each['actor']));
    case 'Coverage':
      return refs(r['beneficiary'], r['payor']);
    case 'Task':
      return refs(r['for']);
    case 'RelatedPerson':
    case 'Consent':
    case 'Device':
      return refs(r['patient']);
    default:
      return [];
  }
};

const inRecord = (r: Json, patient: string | undefined, live: readonly Kept[]): boolean => {
  if (patient === undefined) return false;
  if (r.resourceType === 'Patient') return r.id === patient;
  if (r.resourceType !== 'Provenance') return recordRefs(r).includes(`Patient/${patient}`);
  return refs(r['target']).some((target) =>
    live.some(
      ({ resource }) =>
        keyOf(resource) === target && recordRefs(resource).includes(`Patient/${patient}`),
    ),
  );
};

const addressees = (r: Json): readonly string[] => {
  switch (r.resourceType) {
    case 'Appointment':
      return refs(...list(r['participant']).map((each) => each['actor']));
    case 'Task':
      return refs(r['owner']);
    case 'Communication':
      return refs(r['recipient']);
    case 'MedicationRequest':
      return refs((r['dispenseRequest'] as Json | undefined)?.['performer']);
    case 'Coverage':
      return refs(r['payor']);
    case 'Invoice':
      return refs(r['issuer']);
    default:
      return [];
  }
};

const isEmergency = ({ code = '' }: Json): boolean =>
  JSON.stringify(code).includes('"review-emergency"');

const isAddressed = (r: Json, caller: Caller, live: readonly Kept[]): boolean =>
  addressees(r).some((target) => {
    if (target === caller.fhirUser || target === caller.organization) return true;
    const found = live.find(({ resource }) => keyOf(resource) === target)?.resource;
    const of = refs(found?.['organization'], found?.['providedBy']);
    return caller.organization !== undefined && of.includes(caller.organization);
  });

const attachments = (r: Json): readonly string[] =>
  list(r['content']).flatMap((each) => {
    const url = (each['attachment'] as { url?: string } | undefined)?.url;
    return url === undefined ? [] : [url];
  });

const meetsCriterion = (r: Json, { criterion }: TestScope): boolean => {
  if (criterion === undefined) return true;
  const [name, value] = criterion;
  if (name === '_tag') return r.meta?.tag?.some(({ code }) => code === value) === true;
  if (name === 'status') return r['status'] === value;
  const coding = (r['code'] as { coding?: { code: string }[] } | undefined)?.coding ?? [];
  return coding.some(({ code }) => code === value);
};

const isProxy = ({ fhirUser, patient }: Caller, live: readonly Kept[]): boolean => {
  const related = live.find(({ resource }) => keyOf(resource) === fhirUser);
  const self = related?.resource;
  const whose = `Patient/${patient ?? ''}`;
  return (
    self?.resourceType === 'RelatedPerson' &&
    self['active'] === true &&
    refs(self['patient']).includes(whose) &&
    live.some(({ resource: r, custodian }) => {
      if (r.resourceType !== 'Consent' || r['status'] !== 'active') return false;
      if (custodian !== whose && custodian !== related?.custodian) return false;
      const provision = r['provision'] as Json;
      const end = (provision['period'] as { end?: string } | undefined)?.end;
      return (
        refs(r['patient']).includes(whose) &&
        refs(...list(provision['actor']).map((each) => each['reference'])).includes(fhirUser!) &&
        (end === undefined || end > '2026')
      );
    })
  );
};
