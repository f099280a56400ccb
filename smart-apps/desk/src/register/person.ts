// Person: what the registration form holds, what is missing in it, and the Patient it becomes.
// https://hl7.org/fhir/R4/patient.html

import type { ContactPoint, Patient } from 'fhir/r4';

export interface PersonForm {
  readonly given: string;
  readonly family: string;
  readonly birthDate: string;
  readonly gender: '' | 'female' | 'male' | 'other' | 'unknown';
  readonly phone: string;
  readonly email: string;
  readonly line: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

export const emptyPerson: PersonForm = {
  ...{ given: '', family: '', birthDate: '', gender: '', phone: '', email: '' },
  ...{ line: '', city: '', state: '', postalCode: '' },
};

export type Fault = 'missing' | 'future' | 'date' | 'phone' | 'email';
export type Faults = Readonly<Partial<Record<keyof PersonForm, Fault>>>;

/** What must be mended before the person can be registered. `today` is a date such as 2026-11-21. */
export const faultsOf = (form: PersonForm, today: string): Faults => {
  const { given, family, birthDate, gender, phone, email } = form;
  return {
    ...(given.trim() === '' && family.trim() === '' ? { given: 'missing' } : {}),
    ...birthDateFault(birthDate, today),
    ...(gender === '' ? { gender: 'missing' } : {}),
    ...(phone.trim() !== '' && !/^\+?\d{8,15}$/.test(plain(phone)) ? { phone: 'phone' } : {}),
    ...(email.trim() !== '' && !/^\S+@\S+\.\S+$/.test(email.trim()) ? { email: 'email' } : {}),
  };
};

const birthDateFault = (birthDate: string, today: string): Faults => {
  if (birthDate === '') return { birthDate: 'missing' };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return { birthDate: 'date' };
  return birthDate > today ? { birthDate: 'future' } : {};
};

const plain = (phone: string): string => phone.replace(/[\s()-]/g, '');

/** Ten digits are a number of this country. https://www.itu.int/rec/T-REC-E.164 */
export const phoneOf = (typed: string): string => {
  const digits = plain(typed);
  return /^\d{10}$/.test(digits) ? `+91${digits}` : digits;
};

/** What is not known is left out. */
export const patientOf = (form: PersonForm): Patient => {
  const text = (name: keyof PersonForm): string => form[name].trim();
  const given = text('given').split(/\s+/).filter(Boolean);
  const telecom: ContactPoint[] = [
    ...(text('phone') === ''
      ? []
      : [{ system: 'phone', value: phoneOf(form.phone), use: 'mobile' } as const]),
    ...(text('email') === '' ? [] : [{ system: 'email', value: text('email') } as const]),
  ];
  const address = {
    ...(text('line') === '' ? {} : { line: [text('line')] }),
    ...(text('city') === '' ? {} : { city: text('city') }),
    ...(text('state') === '' ? {} : { state: text('state') }),
    ...(text('postalCode') === '' ? {} : { postalCode: text('postalCode') }),
  };
  return {
    ...{ resourceType: 'Patient', active: true },
    name: [
      {
        use: 'official',
        ...(text('family') === '' ? {} : { family: text('family') }),
        ...(given.length === 0 ? {} : { given }),
      },
    ],
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(form.gender === '' ? {} : { gender: form.gender }),
    ...(form.birthDate === '' ? {} : { birthDate: form.birthDate }),
    ...(Object.keys(address).length === 0
      ? {}
      : { address: [{ use: 'home' as const, ...address, country: 'IN' }] }),
  };
};

/** Whether there is enough to look for somebody alike: a name, and something that few people share. */
export const isEnoughToMatch = ({ given, family, birthDate, phone }: PersonForm): boolean =>
  (given.trim().length > 1 || family.trim().length > 1) &&
  (/^(19|20)\d{2}-\d{2}-\d{2}$/.test(birthDate) || plain(phone).length >= 10);
