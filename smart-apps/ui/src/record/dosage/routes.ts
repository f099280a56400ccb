// Routes: the ways into the body that have words of their own, by their codes.
// https://hl7.org/fhir/R4/valueset-route-codes.html

import type { CodeableConcept } from 'fhir/r4';
import { formatConcept, hasCode } from '../../format/coded.ts';
import type { DosageWords } from './words.ts';

export const routes = [
  ...(['oral', 'sublingual', 'inhaled', 'nasal', 'eye', 'ear', 'skin', 'rectal'] as const),
  ...(['vaginal', 'intravenous', 'intramuscular', 'subcutaneous'] as const),
] as const;

export type Route = (typeof routes)[number];

/** Of SNOMED CT. */
export const routeCodes: Readonly<Record<Route, { code: string; display: string }>> = {
  oral: { code: '26643006', display: 'Oral route' },
  sublingual: { code: '37839007', display: 'Sublingual route' },
  inhaled: { code: '447694001', display: 'Respiratory tract route' },
  nasal: { code: '46713006', display: 'Nasal route' },
  eye: { code: '54485002', display: 'Ophthalmic route' },
  ear: { code: '10547007', display: 'Otic route' },
  skin: { code: '6064005', display: 'Topical route' },
  rectal: { code: '37161004', display: 'Per rectum' },
  vaginal: { code: '16857009', display: 'Per vagina' },
  intravenous: { code: '47625008', display: 'Intravenous route' },
  intramuscular: { code: '78421000', display: 'Intramuscular route' },
  subcutaneous: { code: '34206005', display: 'Subcutaneous route' },
};

/** The text its author chose may say more than its code. */
export const routeInWords = (concept: CodeableConcept | undefined, { t }: DosageWords): string => {
  const known = routes.find((route) => hasCode(concept, undefined, routeCodes[route].code));
  return concept?.text === undefined && known !== undefined
    ? t(`dosage.route.${known}`)
    : formatConcept(concept);
};
