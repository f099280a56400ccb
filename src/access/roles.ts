// Roles: the decision table. What each role sees and writes before the scopes of its token narrow it further.
// Everything that is not said here is not allowed.

import type { Role } from './caller.ts';
import type { Kind } from './kinds.ts';
import type { Right } from './permit.ts';

/** A part of all records, named as a person would. `access/regions` turns each into a plan. */
export type Region =
  | 'everything'
  /** The record of the patient who signed in, or whom the proxy has in view. */
  | 'own record'
  /** The patient as such, not those linked. */
  | 'oneself'
  /** Of the own record what oneself has brought in. */
  | 'own contribution'
  /** What the caller's organization is custodian of. */
  | 'kept'
  /** Addressed to the caller or the caller's organization. */
  | 'addressed'
  /** Patients kept by the organization or with an encounter, episode or appointment there. */
  | 'patients in care'
  /** Patients with a prescription for the organization. */
  | 'patients with prescriptions'
  /** Patients with charges or insurance kept by or addressed to the organization. */
  | 'patients with charges'
  /** Emergencies to be reviewed: those of the caller's organization, of all for who acts for none. */
  | 'emergencies'
  /** Kept or addressed Tasks, but emergencies: why a record was opened is clinical. */
  | 'worklists'
  /** Bytes that a visible resource refers to. */
  | 'attached'
  /** Of records that others keep, what a Consent lets be seen or an emergency opens. */
  | 'shared';

export interface Rule {
  /** Any of these regions is enough. */
  readonly see?: readonly Region[];
  readonly create?: readonly Region[];
  readonly update?: readonly Region[];
  readonly delete?: readonly Region[];
  /** Only these elements may be changed by an update. */
  readonly elements?: readonly string[];
}

/** By kind; a line for one type comes before that of its kind. */
export type RoleRules = Readonly<Partial<Record<Kind | TypeLine, Rule>>>;

/** Types with a line of their own. */
type TypeLine =
  | 'Patient'
  | 'Schedule'
  | 'Slot'
  | 'Observation'
  | 'DocumentReference'
  | 'QuestionnaireResponse'
  | 'MedicationRequest'
  | 'Task'
  | 'Basic';

const all: readonly Region[] = ['everything'];
const kept: readonly Region[] = ['kept'];
const keptOrAddressed: readonly Region[] = ['kept', 'addressed'];

const seeAll: Rule = { see: all };
const manageAll: Rule = { see: all, create: all, update: all, delete: all };
const seeKept: Rule = { see: kept };
const manageKept: Rule = { see: kept, create: kept, update: kept, delete: kept };
/** What others have sent in may be worked on, not removed. */
const manageAddressed: Rule = {
  see: keptOrAddressed,
  create: kept,
  update: keptOrAddressed,
  delete: kept,
};
/** To see, never to write: besides what a rule says. */
const andShared = (rule: Rule): Rule => ({ ...rule, see: [...(rule.see ?? []), 'shared'] });
/** Public data of which everyone manages what is theirs. */
const manageKeptOfAll: Rule = { see: all, create: kept, update: kept, delete: kept };

const seeOwn: Rule = { see: ['own record'] };
const contribute: Rule = {
  see: ['own record'],
  create: ['own contribution'],
  update: ['own contribution'],
};
const contributeAndDelete: Rule = { ...contribute, delete: ['own contribution'] };

/** The patient's own, and a proxy's but for consents. */
const ownRecord: RoleRules = {
  directory: seeAll,
  knowledge: seeAll,
  identity: {
    see: ['oneself'],
    update: ['oneself'],
    // What the patient knows best. Names, birth date and identifiers are the registration's.
    elements: ['telecom', 'address', 'contact', 'communication', 'photo', 'maritalStatus', 'text'],
  },
  demographics: seeOwn,
  appointment: contribute,
  coverage: seeOwn,
  billing: seeOwn,
  dispensing: seeOwn,
  message: contribute,
  consent: contribute,
  audit: seeOwn,
  provenance: seeOwn,
  attachment: { see: ['attached'], create: ['own contribution'] },
  clinical: seeOwn,
  Observation: contributeAndDelete,
  DocumentReference: contributeAndDelete,
  QuestionnaireResponse: contributeAndDelete,
  // The state of an app. https://hl7.org/fhir/smart-app-launch/STU2.2/app-state.html
  Basic: contributeAndDelete,
};

export const roles: Readonly<Record<Role, RoleRules>> = {
  patient: ownRecord,
  // Who stands for a patient by a consent makes no consent: it could be one for longer than the patient gave.
  proxy: { ...ownRecord, consent: seeOwn },
  clinician: {
    directory: seeAll,
    Schedule: manageKeptOfAll,
    Slot: manageKeptOfAll,
    knowledge: seeAll,
    identity: andShared({ see: ['patients in care'] }),
    demographics: seeKept,
    appointment: andShared(manageAddressed),
    coverage: seeKept,
    billing: seeKept,
    dispensing: andShared(manageKept),
    message: manageAddressed,
    consent: manageKept,
    provenance: seeKept,
    attachment: { see: ['attached', 'kept'], create: kept, update: kept, delete: kept },
    subscription: manageKept,
    clinical: andShared({ ...manageKept, see: keptOrAddressed }),
  },
  desk: {
    directory: seeAll,
    Schedule: manageKeptOfAll,
    Slot: manageKeptOfAll,
    knowledge: seeAll,
    identity: { see: ['patients in care'], create: kept, update: kept },
    demographics: manageKept,
    appointment: manageAddressed,
    coverage: manageKept,
    Task: { see: ['worklists'], create: kept, update: ['worklists'] },
    // Uploads go in; what is in them is not the desk's to read.
    DocumentReference: { create: kept },
    attachment: { create: kept },
  },
  pharmacist: {
    directory: seeAll,
    knowledge: seeAll,
    identity: andShared({ see: ['patients with prescriptions'] }),
    dispensing: andShared(manageKept),
    MedicationRequest: andShared({ see: keptOrAddressed }),
    message: manageAddressed,
  },
  biller: {
    directory: seeAll,
    knowledge: seeAll,
    identity: { see: ['patients with charges'] },
    coverage: manageAddressed,
    billing: manageAddressed,
    message: manageAddressed,
  },
  system: {
    directory: manageKeptOfAll,
    knowledge: manageKeptOfAll,
    identity: andShared({ see: ['patients in care'], create: kept, update: kept, delete: kept }),
    demographics: manageKept,
    appointment: andShared(manageAddressed),
    coverage: manageAddressed,
    billing: manageAddressed,
    dispensing: andShared({ ...manageKept, see: keptOrAddressed }),
    message: manageAddressed,
    consent: manageKept,
    // AuditEvents are the server's own: nobody writes them.
    audit: seeKept,
    provenance: { see: kept, create: kept },
    attachment: { see: ['attached', 'kept'], create: kept, update: kept, delete: kept },
    subscription: manageKept,
    clinical: andShared({ ...manageKept, see: keptOrAddressed }),
  },
  network: {
    directory: manageAll,
    knowledge: manageAll,
    identity: manageAll,
    demographics: manageAll,
    appointment: manageAll,
    coverage: manageAll,
    billing: manageAll,
    dispensing: manageAll,
    message: manageAll,
    consent: manageAll,
    // Nobody changes what was noted of who did what.
    audit: seeAll,
    provenance: { see: all, create: all },
    attachment: manageAll,
    subscription: manageAll,
    clinical: manageAll,
  },
  administrator: {
    directory: manageAll,
    knowledge: manageAll,
    audit: seeAll,
    // Whether a record was rightly opened in an emergency, somebody else looks than who opened it.
    Task: { see: ['emergencies'] },
    subscription: manageAll,
  },
};

/** The line of the table for a type, and which it is. */
export const ruleOf = (
  role: Role,
  type: string,
  kind: Kind,
): { readonly rule: Rule; readonly line: string } | undefined => {
  const rules: Readonly<Record<string, Rule | undefined>> = roles[role];
  const line = Object.hasOwn(rules, type) ? type : kind;
  const rule = rules[line];
  return rule && { rule, line };
};

/** The regions in which a rule gives the right. */
export const regionsOf = (rule: Rule, right: Right): readonly Region[] => {
  const place = right === 'read' || right === 'search' ? 'see' : right;
  return rule[place] ?? [];
};
