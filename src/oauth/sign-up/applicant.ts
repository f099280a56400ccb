// Applicant: what a person types who registers by themself, read into a Patient, or what is wrong with it.

import { readContact, type Contact } from '../../access/contact.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { PageError } from '../pages/layout.ts';
import { faultOfPassword } from '../users/password-rules.ts';

/** As it was typed. */
export type SignUpForm = Readonly<Record<FieldName, string>>;

export const fieldNames = [
  ...(['given', 'family', 'day', 'month', 'year', 'gender', 'contact', 'password'] as const),
] as const;
export type FieldName = (typeof fieldNames)[number];

export interface Applicant {
  /** What pages and letters greet with. */
  readonly name: string;
  readonly patient: Resource;
  readonly contact: Contact;
}

export type Reading =
  | { readonly ok: true; readonly applicant: Applicant }
  | { readonly ok: false; readonly errors: readonly PageError[] };

export interface ReadOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whoever is younger is registered by a guardian. */
  readonly majorityAge: number;
}

export const readApplicant = (form: SignUpForm, options: ReadOptions): Reading => {
  const birthDate = readDate(form, options.now);
  const contact = readContact(form.contact);
  const passwordFault = faultOfPassword(form.password, ownTexts(form, contact));
  const errors: readonly (PageError | false)[] = [
    form.given === '' && form.family === '' && { text: 'Type your name.', field: 'given' },
    birthDate === undefined && {
      text: 'Type your birth date as it stands in your papers, the year with four digits.',
      field: 'day',
    },
    birthDate !== undefined &&
      ageOn(birthDate, options.now) < options.majorityAge && {
        text: `Who is younger than ${String(options.majorityAge)} is registered by a parent or guardian, from the guardian’s own account.`,
        field: 'year',
      },
    !genders.has(form.gender) && {
      text: 'Choose your sex, or that you do not say.',
      field: 'gender-female',
    },
    contact === undefined && {
      text: 'Type a mail address, or a mobile number that begins with + and the code of the country.',
      field: 'contact',
    },
    passwordFault !== undefined && { text: passwordFault, field: 'password' },
  ];
  const found = errors.filter((error) => error !== false);
  if (found.length > 0 || birthDate === undefined || contact === undefined)
    return { ok: false, errors: found };
  return { ok: true, applicant: applicantOf(form, birthDate, contact) };
};

/** What a user signs in with: the contact that was proven, a number without its plus. */
export const usernameOf = ({ to }: Contact): string => to.replace(/^\+/, '');

const applicantOf = (form: SignUpForm, birthDate: string, contact: Contact): Applicant => {
  const { given, family, gender } = form;
  const name = {
    use: 'official',
    ...(family === '' ? {} : { family }),
    ...(given === '' ? {} : { given: given.split(' ') }),
  };
  const system = contact.kind === 'mail' ? 'email' : 'phone';
  const use = contact.kind === 'mail' ? {} : { use: 'mobile' };
  return {
    name: [given, family].filter(Boolean).join(' '),
    contact,
    patient: {
      ...{ resourceType: 'Patient', active: true, name: [name] },
      telecom: [{ system, value: contact.to, ...use }],
      ...{ gender, birthDate },
    },
  };
};

const ownTexts = ({ given, family }: SignUpForm, contact: Contact | undefined) => [
  ...[given, family, `${given}${family}`],
  ...(contact === undefined ? [] : [contact.to, contact.to.split('@')[0]]),
];

export const genders: ReadonlyMap<string, string> = new Map([
  ['female', 'Female'],
  ['male', 'Male'],
  ['other', 'Other'],
  ['unknown', 'I do not say'],
]);

const oldest = 130;

/** A day that there was, not to come and not before anybody alive was born. */
const readDate = ({ day, month, year }: SignUpForm, now: number): string | undefined => {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) return undefined;
  const age = ageOn(text, now);
  return age >= 0 && age <= oldest ? text : undefined;
};

/** Whole years. */
const ageOn = (birthDate: string, now: number): number => {
  const today = new Date(now).toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
};
