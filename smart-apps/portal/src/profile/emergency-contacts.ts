// Emergency contacts: those of Patient.contact who are called in an emergency, for a form and back.
// https://hl7.org/fhir/R4/patient-definitions.html#Patient.contact

import { formatName } from '@meridian/ui/format/person.ts';
import type { Coding, Patient, PatientContact } from 'fhir/r4';

export interface EmergencyContact {
  readonly name: string;
  /** In the person's own words: mother, neighbour. */
  readonly relation: string;
  readonly phone: string;
}

export const noContact: EmergencyContact = { name: '', relation: '', phone: '' };

export const contactsOf = ({ contact = [] }: Patient): readonly EmergencyContact[] =>
  contact.map(({ name, relationship = [], telecom = [] }) => ({
    name: formatName(name),
    relation:
      relationship.find(({ text }) => text)?.text ??
      relationship.flatMap(({ coding = [] }) => coding).find((coding) => !isEmergency(coding))
        ?.display ??
      '',
    phone: telecom.find(({ system }) => system === 'phone')?.value ?? '',
  }));

/** `at` is the place among the contacts; after the last one it is added. */
export const withContact = (patient: Patient, at: number, typed: EmergencyContact): Patient => {
  const before = patient.contact ?? [];
  const next = contactFrom(typed, before[at]);
  return {
    ...patient,
    contact: at < before.length ? before.with(at, next) : [...before, next],
  };
};

export const withoutContact = (patient: Patient, at: number): Patient => {
  const { contact = [], ...others } = patient;
  const left = contact.toSpliced(at, 1);
  return left.length === 0 ? others : { ...others, contact: left };
};

/** What the form does not show of the contact before is kept. */
const contactFrom = (
  { name, relation, phone }: EmergencyContact,
  before: PatientContact = {},
): PatientContact => {
  const { telecom = [] } = before;
  const said = relation.trim();
  const coding = [{ system: roles, code: 'C', display: 'Emergency Contact' }];
  return {
    ...before,
    relationship: [{ coding, ...(said === '' ? {} : { text: said }) }],
    name: formatName(before.name) === name.trim() ? { ...before.name } : { text: name.trim() },
    telecom: [
      { system: 'phone', value: phone.trim() },
      ...telecom.filter(({ system }) => system !== 'phone'),
    ],
  };
};

const roles = 'http://terminology.hl7.org/CodeSystem/v2-0131';
const isEmergency = (coding: Coding): boolean => coding.system === roles && coding.code === 'C';

export type ContactFault = 'name' | 'phone';

export const faultOf = ({ name, phone }: EmergencyContact): ContactFault | undefined => {
  if (name.trim() === '') return 'name';
  return /^\+?[\d\s()./-]{5,20}$/.test(phone.trim()) ? undefined : 'phone';
};
