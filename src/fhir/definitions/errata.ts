// Expressions of R4 that do not say what R4 means, with what they mean.
// https://hl7.org/fhir/R4/history.html

/** The expression without the known slips of R4. */
export const corrected = (expression: string): string =>
  slips.reduce((text, [slip, meant]) => text.replaceAll(slip, meant), expression);

const slips: readonly (readonly [string, string])[] = [
  // Observation's code-value-date, and que-7: FHIR's types have lower-case names; R4B writes them so.
  ['as(DateTime)', 'as(dateTime)'],
  ['(answer is Boolean)', '(answer is boolean)'],
  // Patient's mothersMaidenName names its extension by another url than the extension has, and not the value in it.
  [
    "patient-extensions-Patient-mothersMaidenName')",
    "patient-mothersMaidenName').value.ofType(string)",
  ],
];
