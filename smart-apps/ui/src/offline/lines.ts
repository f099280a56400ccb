// Lines: the kept record in words, one line for each thing.

import type { AllergyIntolerance, MedicationRequest } from 'fhir/r4';
import type { useFormat } from '../format/useFormat.ts';
import type { useDosage } from '../record/dosage/useDosage.ts';
import { nameOfMedicine } from '../record/medicine.ts';
import type { KeptRecord } from './record.ts';

type Section = 'allergies' | 'medicines' | 'conditions' | 'immunizations' | 'documents';

export interface LineTexts {
  readonly format: Pick<ReturnType<typeof useFormat>, 'concept' | 'date'>;
  readonly dosage: ReturnType<typeof useDosage>;
  /** Texts of the namespace `offline`. */
  readonly t: (key: string) => string;
}

export const linesOf = (
  record: KeptRecord,
  texts: LineTexts,
): Readonly<Record<Section, readonly string[]>> => {
  const { format } = texts;
  return {
    allergies: [
      ...record.allergies.filter((allergy) => !isPast(allergy)),
      ...record.allergies.filter(isPast),
    ].map((allergy) => allergyLine(allergy, texts)),
    medicines: record.medicines.map((order) => medicineLine(order, texts)),
    conditions: record.conditions
      .filter((condition) => !isPast(condition))
      .map(({ code, onsetDateTime, recordedDate }) =>
        joined(format.concept(code), format.date(onsetDateTime ?? recordedDate)),
      ),
    immunizations: record.immunizations.map(({ vaccineCode, occurrenceDateTime }) =>
      joined(format.concept(vaccineCode), format.date(occurrenceDateTime)),
    ),
    documents: record.documents.map(({ description, type, date, content }) =>
      joined(
        description ?? content[0]?.attachment.title ?? format.concept(type),
        format.date(date),
      ),
    ),
  };
};

/** An allergy that is over says so first. */
const allergyLine = (allergy: AllergyIntolerance, { format, t }: LineTexts): string => {
  const { code, criticality, reaction = [], verificationStatus } = allergy;
  return joined(
    format.concept(code),
    isPast(allergy) ? t('view.past') : undefined,
    verificationStatus?.coding?.[0]?.code === 'unconfirmed' ? t('view.unconfirmed') : undefined,
    ...reaction.flatMap(({ manifestation }) => manifestation.map(format.concept)),
    criticality === 'high' ? t('view.severe') : undefined,
  );
};

/** What is on hold, or must not be taken at all, does not look like what is taken. */
const medicineLine = (order: MedicationRequest, { dosage, t }: LineTexts): string => {
  const { dosageInstruction = [] } = order;
  const lines = dosage(dosageInstruction);
  return joined(
    nameOfMedicine(order) || t('view.noName'),
    order.doNotPerform === true ? t('view.doNotTake') : undefined,
    order.status === 'on-hold' ? t('view.onHold') : undefined,
    lines.length === 0 && dosageInstruction.length > 0 ? t('view.noDosage') : lines.join('; '),
  );
};

interface Standing {
  readonly clinicalStatus?: AllergyIntolerance['clinicalStatus'];
}

const isPast = ({ clinicalStatus }: Standing): boolean =>
  past.has(clinicalStatus?.coding?.[0]?.code ?? '');

/** http://terminology.hl7.org/CodeSystem/condition-clinical and allergyintolerance-clinical */
const past: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved']);

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
