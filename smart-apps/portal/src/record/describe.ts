// Describe: a resource of the record as its owner reads it: what it is, the most important of it, and from whom it comes.

import type { useFormat } from '@meridian/ui/format/useFormat.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import type {
  AllergyIntolerance,
  AllergyIntoleranceReaction,
  Appointment,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Dosage,
  Encounter,
  FhirResource,
  Immunization,
  MedicationRequest,
  Observation,
  Procedure,
  Reference,
} from 'fhir/r4';

/** What the description is made with: the formats, and the texts of the namespace `record`. */
export interface Words {
  readonly format: Pick<
    ReturnType<typeof useFormat>,
    'concept' | 'value' | 'date' | 'dateTime' | 'time' | 'range'
  >;
  /** How a medicine is taken, a line for each step. */
  readonly dosage: (dosages: readonly Dosage[] | undefined) => readonly string[];
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string;
  /** What people call a test. */
  readonly testName: (observation: Observation) => string;
}

export interface Description {
  readonly title: string;
  readonly text?: string | undefined;
  /** Who says so: a hospital or a person. */
  readonly source?: string | undefined;
}

export const describe = (resource: FhirResource, words: Words): Description => {
  switch (resource.resourceType) {
    case 'Encounter':
      return visit(resource, words);
    case 'Appointment':
      return appointment(resource, words);
    case 'DiagnosticReport':
      return report(resource, words);
    case 'Observation':
      return observation(resource, words);
    case 'Condition':
      return condition(resource, words);
    case 'MedicationRequest':
      return medicine(resource, words);
    case 'Immunization':
      return immunization(resource, words);
    case 'Procedure':
      return procedure(resource, words);
    case 'DocumentReference':
      return document(resource, words);
    case 'AllergyIntolerance':
      return allergy(resource, words);
    default:
      return { title: words.t(`types.${resource.resourceType}`) };
  }
};

/** The name a reference carries; who has none is looked up where it matters. */
export const nameOf = (reference: Reference | undefined): string | undefined => reference?.display;

const visit = (encounter: Encounter, { format, t }: Words): Description => {
  const { reasonCode, type, serviceProvider, participant } = encounter;
  return {
    title: format.concept(reasonCode?.[0]) || format.concept(type?.[0]) || t('types.Encounter'),
    text: joined([
      t(`visit.${visitClasses[encounter.class.code ?? ''] ?? 'other'}`),
      nameOf(participant?.[0]?.individual),
    ]),
    source: nameOf(serviceProvider),
  };
};

/** https://terminology.hl7.org/ValueSet-v3-ActEncounterCode.html */
const visitClasses: Readonly<Record<string, string>> = {
  ...{ AMB: 'here', VR: 'video', EMER: 'emergency', HH: 'home' },
  ...{ IMP: 'stay', ACUTE: 'stay', NONAC: 'stay', OBSENC: 'stay', SS: 'stay' },
};

const appointment = (booked: Appointment, { format, t }: Words): Description => ({
  title:
    booked.description ??
    (format.concept(booked.serviceType?.[0]) ||
      format.concept(booked.specialty?.[0]) ||
      t('types.Appointment')),
  text: joined([t(`appointment.${booked.status}`), ...peopleOf(booked)]),
});

/** With whom, and where, but for the patient; a service is called after who gives it, who is named already. */
export const peopleOf = ({ participant }: Appointment): readonly string[] =>
  participant.flatMap(({ actor }) =>
    actor?.display === undefined || /^(Patient|HealthcareService)\//.test(actor.reference ?? '')
      ? []
      : [actor.display],
  );

const report = (found: DiagnosticReport, { format, t }: Words): Description => ({
  title: format.concept(found.code),
  text: found.conclusion ?? t('resultCount', { count: found.result?.length ?? 0 }),
  source: nameOf(found.performer?.[0]),
});

const observation = (found: Observation, { format, testName, t }: Words): Description => {
  const source = nameOf(found.performer?.[0]);
  // What a person has stated is its own title.
  if (isStatement(found)) return { title: found.valueString ?? '', text: t('types.Statement') };
  return { title: testName(found), text: format.value(found), source };
};

export const isStatement = ({ category, valueString }: Observation): boolean =>
  valueString !== undefined &&
  (category ?? []).some(({ coding = [] }) => coding.some(({ code }) => code === 'survey'));

/** What it does and how dangerous it is, after how it stands: one that is over is no danger now. */
const allergy = (found: AllergyIntolerance, words: Words): Description => {
  const { code, criticality, reaction = [], recorder, asserter } = found;
  return {
    title: words.format.concept(code),
    text: joined([
      ...standingOf(found, words),
      criticality === undefined ? undefined : words.t(`criticality.${criticality}`),
      ...reaction.map((each) => reactionOf(each, words)),
    ]),
    source: nameOf(recorder) ?? nameOf(asserter),
  };
};

const reactionOf = (
  { manifestation, severity }: AllergyIntoleranceReaction,
  { format, t }: Words,
): string => {
  const what = manifestation.map(format.concept).filter(Boolean).join(', ');
  return severity === undefined ? what : `${what} (${t(`severity.${severity}`)})`;
};

/** Whether it is there now, and whether that is certain: what is confirmed is not said. */
const standingOf = (
  { clinicalStatus, verificationStatus }: Pick<Condition, 'clinicalStatus' | 'verificationStatus'>,
  { t }: Words,
): readonly string[] => {
  const status = clinicalStatus?.coding?.[0]?.code;
  const certainty = verificationStatus?.coding?.[0]?.code;
  return [
    ...(status === undefined ? [] : [t(`clinical.${status}`)]),
    ...(certainty === undefined || certainty === 'confirmed' ? [] : [t(`certainty.${certainty}`)]),
  ];
};

const condition = (found: Condition, words: Words): Description => ({
  title: words.format.concept(found.code),
  text: joined(standingOf(found, words)),
  source: nameOf(found.asserter) ?? nameOf(found.recorder),
});

const medicine = (order: MedicationRequest, { dosage, t }: Words): Description => ({
  title: nameOfMedicine(order) || t('types.MedicationRequest'),
  text: joined([
    order.doNotPerform === true ? t('doNotTake') : undefined,
    dosage(order.dosageInstruction).join('; '),
  ]),
  source: nameOf(order.requester),
});

const immunization = (given: Immunization, { format, t }: Words): Description => {
  const dose = given.protocolApplied?.[0];
  const nth = dose?.doseNumberPositiveInt ?? dose?.doseNumberString;
  return {
    title: format.concept(given.vaccineCode),
    text: joined([
      given.status === 'not-done' ? t('notDone') : undefined,
      nth === undefined ? undefined : t('dose', { number: nth }),
    ]),
    source: nameOf(given.performer?.[0]?.actor) ?? nameOf(given.location),
  };
};

const procedure = (done: Procedure, { format }: Words): Description => ({
  title: format.concept(done.code),
  text: format.concept(done.outcome) || undefined,
  source: nameOf(done.performer?.[0]?.actor) ?? nameOf(done.asserter),
});

const document = (paper: DocumentReference, { format, t }: Words): Description => {
  const type = format.concept(paper.type);
  const title = paper.content[0]?.attachment.title ?? paper.description;
  return {
    title: title ?? (type || t('types.DocumentReference')),
    text: title === undefined || title === type ? undefined : type,
    source: nameOf(paper.custodian) ?? nameOf(paper.author?.[0]),
  };
};

const joined = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter(Boolean).join(' · ') || undefined;
