// Details: how a person can be reached, out of the Patient for a form and from the form back into the Patient. What the form does
// not show is left as it is. https://hl7.org/fhir/R4/patient.html

import type { Address, ContactPoint, Patient, PatientCommunication } from 'fhir/r4';

export interface Details {
  readonly phone: string;
  readonly email: string;
  /** One line of an address below the other. */
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  /** A language tag such as `hi`, in which letters and calls are wished for. */
  readonly language: string;
}

export const detailsOf = ({ telecom, address, communication }: Patient): Details => {
  const { line = [], city = '', state = '', postalCode = '' } = currentOf(address) ?? {};
  return {
    phone: pointOf(telecom, 'phone')?.value ?? '',
    email: pointOf(telecom, 'email')?.value ?? '',
    street: line.join('\n'),
    ...{ city, state, postalCode },
    language: preferredOf(communication)?.language.coding?.[0]?.code ?? '',
  };
};

export const withDetails = (patient: Patient, details: Details): Patient => ({
  ...patient,
  telecom: withPoint(
    withPoint(patient.telecom ?? [], 'phone', details.phone),
    'email',
    details.email,
  ),
  address: withAddress(patient.address ?? [], details),
  communication: withLanguage(patient.communication ?? [], details.language),
});

const isCurrent = ({ use }: Pick<Address | ContactPoint, 'use'>): boolean => use !== 'old';

const pointOf = (
  telecom: readonly ContactPoint[] | undefined,
  system: ContactPoint['system'],
): ContactPoint | undefined =>
  telecom?.find((point) => point.system === system && isCurrent(point));

const withPoint = (
  telecom: readonly ContactPoint[],
  system: 'phone' | 'email',
  typed: string,
): ContactPoint[] => {
  const value = typed.trim();
  const before = pointOf(telecom, system);
  if (before?.value === value) return [...telecom];
  if (value === '') return telecom.filter((point) => point !== before);
  if (before === undefined) return [...telecom, { system, value }];
  return telecom.map((point) => (point === before ? { ...point, value } : point));
};

const currentOf = (addresses: readonly Address[] | undefined): Address | undefined =>
  addresses?.find((address) => address.use === 'home') ?? addresses?.find(isCurrent);

/** The text of an address says what its parts say: it goes when they change. */
const withAddress = (addresses: readonly Address[], details: Details): Address[] => {
  const before = currentOf(addresses);
  const parts = partsOf(details);
  if (
    JSON.stringify(parts) ===
    JSON.stringify(partsOf(detailsOf({ ...nobody, address: [before ?? {}] })))
  )
    return [...addresses];
  const next: Address = { ...keptOf(before), ...parts };
  const others = addresses.filter((address) => address !== before);
  return Object.keys(parts).length === 0 ? others : [next, ...others];
};

const nobody = { resourceType: 'Patient' } as const;

const partsOf = ({ street, city, state, postalCode }: Details): Address => {
  const line = street
    .split('\n')
    .map((part) => part.trim())
    .filter(Boolean);
  const typed = { city: city.trim(), state: state.trim(), postalCode: postalCode.trim() };
  const said = Object.entries(typed).filter(([, value]) => value !== '');
  return { ...(line.length === 0 ? {} : { line }), ...Object.fromEntries(said) };
};

const shown: ReadonlySet<string> = new Set(['text', 'line', 'city', 'state', 'postalCode']);

/** What the form does not show, such as the country. */
const keptOf = (address: Address = { use: 'home' }): Address =>
  Object.fromEntries(Object.entries(address).filter(([name]) => !shown.has(name)));

const preferredOf = (communication: readonly PatientCommunication[] | undefined) =>
  communication?.find(({ preferred }) => preferred) ?? communication?.[0];

const withLanguage = (
  communication: readonly PatientCommunication[],
  code: string,
): PatientCommunication[] => {
  const codeOf = ({ language }: PatientCommunication) => language.coding?.[0]?.code;
  const before = preferredOf(communication);
  if (code === '' || (before !== undefined && codeOf(before) === code)) return [...communication];
  const others = communication
    .filter((each) => codeOf(each) !== code)
    .map(({ language }): PatientCommunication => ({ language }));
  return [
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code }] }, preferred: true },
    ...others,
  ];
};
