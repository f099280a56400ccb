// links: the extensions of SMART Scheduling Links, and where a time is booked.
// https://build.fhir.org/ig/HL7/smart-scheduling-links/en/specification.html

const community = 'http://fhir-registry.smarthealthit.org/StructureDefinition';
const hl7 = 'http://hl7.org/fhir/uv/smart-scheduling-links/StructureDefinition';

/** Clients know it by the name it had before HL7 published the guide. */
export const capacityUrl = `${community}/slot-capacity`;

/** Under both names. */
export const deepLinks = (address: string): readonly object[] =>
  [community, hl7].map((of) => ({ url: `${of}/booking-deep-link`, valueUrl: address }));

export const capacities = (valueInteger: number): readonly object[] =>
  [community, hl7].map((of) => ({ url: `${of}/slot-capacity`, valueInteger }));

/** The page of the portal that books the time; `base` is the FHIR base, beside which the apps are. */
export const bookingAddress = (base: string, proposal: string): string =>
  `${base.slice(0, base.lastIndexOf('/'))}/apps/portal/visits/new?time=${proposal}`;
