// Coded values: what a person reads of a code. https://hl7.org/fhir/R4/datatypes.html#CodeableConcept

import type { CodeableConcept, Coding } from 'fhir/r4';

/** The text its author chose, or the display of a coding, or at last the bare code. */
export const formatConcept = (concept: CodeableConcept | undefined): string =>
  concept?.text ??
  formatCoding(concept?.coding?.find(({ display }) => display) ?? concept?.coding?.[0]);

export const formatCoding = (coding: Coding | undefined): string =>
  coding?.display ?? coding?.code ?? '';

export const hasCode = (
  concept: CodeableConcept | undefined,
  system: string | undefined,
  code: string,
): boolean =>
  concept?.coding?.some(
    (coding) => coding.code === code && (system === undefined || coding.system === system),
  ) ?? false;
