// Numbers that others give out and patients carry beside the UHID: which of them may be refused for a check digit.
// https://www.datadictionary.nhs.uk/attributes/nhs_number.html

/** What is wrong with an identifier of somebody else's system; undefined when nothing is, or when it is not ours to say. */
export const foreignFault = (system: string, value: string): string | undefined =>
  Object.hasOwn(checks, system) ? checks[system]!(value) : undefined;

/**
 * An ABHA number (`https://healthid.abdm.gov.in`) is not here on purpose: its authority documents no check digit and asks not to
 * be stricter than its platform is.
 */
const checks: Readonly<Record<string, (value: string) => string | undefined>> = {
  'https://fhir.nhs.uk/Id/nhs-number': (value) => nhsFault(value),
};

const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2] as const;

/** Modulus 11: 11 becomes 0, and a number whose check digit would be 10 is never given out. */
const nhsFault = (value: string): string | undefined => {
  if (!/^\d{10}$/.test(value)) return 'An NHS number has 10 digits, without spaces.';
  const sum = weights.reduce((total, weight, at) => total + weight * Number(value[at]), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(value[9]) ? undefined : 'The check digit of the NHS number does not fit.';
};
