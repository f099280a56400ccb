// Workplace: the organization that a session acts for, as the reply with its token names it.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#fhir-context

const worksFor = 'https://meridian.example/fhirContext/works-for';

interface ContextItem {
  readonly reference?: string;
  readonly role?: string;
}

/** `Organization/1`; undefined of who works for none, such as a patient. */
export const workplaceIn = (reply: object): string | undefined => {
  const { fhirContext = [] } = reply as { readonly fhirContext?: readonly ContextItem[] };
  return fhirContext.find(({ role }) => role === worksFor)?.reference;
};
