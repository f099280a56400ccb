// Title: what a document is called. https://hl7.org/fhir/R4/documentreference.html

import type { DocumentReference } from 'fhir/r4';

export const titleOf = ({ content, description }: DocumentReference): string | undefined =>
  content[0]?.attachment.title ?? description;
