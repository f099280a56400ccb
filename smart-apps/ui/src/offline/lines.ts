// Lines: the kept record in words, one line for each thing.

import type { useFormat } from '../format/useFormat.ts';
import type { KeptRecord } from './record.ts';

type Format = Pick<ReturnType<typeof useFormat>, 'concept' | 'date'>;
type Section = 'allergies' | 'medicines' | 'conditions' | 'immunizations' | 'documents';

/** `severe` is said of an allergy that can endanger life. */
export const linesOf = (
  record: KeptRecord,
  format: Format,
  severe: string,
): Readonly<Record<Section, readonly string[]>> => ({
  allergies: record.allergies.map(({ code, criticality, reaction = [] }) =>
    joined(
      format.concept(code),
      ...reaction.flatMap(({ manifestation }) => manifestation.map(format.concept)),
      criticality === 'high' ? severe : undefined,
    ),
  ),
  medicines: record.medicines.map(
    ({ medicationCodeableConcept, medicationReference, dosageInstruction = [] }) =>
      joined(
        format.concept(medicationCodeableConcept) || medicationReference?.display,
        ...dosageInstruction.map(({ text }) => text),
      ),
  ),
  conditions: record.conditions
    .filter(({ clinicalStatus }) => !past.has(clinicalStatus?.coding?.[0]?.code ?? ''))
    .map(({ code, onsetDateTime, recordedDate }) =>
      joined(format.concept(code), format.date(onsetDateTime ?? recordedDate)),
    ),
  immunizations: record.immunizations.map(({ vaccineCode, occurrenceDateTime }) =>
    joined(format.concept(vaccineCode), format.date(occurrenceDateTime)),
  ),
  documents: record.documents.map(({ description, type, date, content }) =>
    joined(description ?? content[0]?.attachment.title ?? format.concept(type), format.date(date)),
  ),
});

/** http://terminology.hl7.org/CodeSystem/condition-clinical */
const past: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved']);

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
