// columns: what the table of a section says of each kind of record.

export interface Column {
  readonly heading: string;
  /** Elements; the first that says something is told. */
  readonly paths: readonly string[];
}

const column = (heading: string, ...paths: readonly string[]): Column => ({ heading, paths });
const status = column('Status', 'status');

export const columns: Readonly<Record<string, readonly Column[]>> = {
  Condition: [
    column('Problem', 'code'),
    column('Severity', 'severity'),
    column('Since', 'onset[x]', 'recordedDate'),
    column('Until', 'abatement[x]'),
    column('Status', 'clinicalStatus'),
  ],
  AllergyIntolerance: [
    column('Allergy or intolerance', 'code'),
    column('Reaction', 'reaction.manifestation'),
    column('Criticality', 'criticality'),
    column('Since', 'onset[x]', 'recordedDate'),
    column('Status', 'clinicalStatus'),
  ],
  MedicationStatement: [
    column('Medication', 'medication[x]'),
    column('Dosage', 'dosage'),
    column('Taken', 'effective[x]'),
    status,
  ],
  MedicationRequest: [
    column('Prescribed', 'medication[x]'),
    column('Dosage', 'dosageInstruction'),
    column('On', 'authoredOn'),
    status,
  ],
  Immunization: [
    column('Vaccine', 'vaccineCode'),
    column('Given', 'occurrence[x]'),
    column('Dose', 'protocolApplied.doseNumber[x]'),
    column('Lot', 'lotNumber'),
  ],
  Observation: [
    column('Observation', 'code'),
    column('Result', 'value[x]', 'component', 'dataAbsentReason'),
    column('Interpretation', 'interpretation'),
    column('Reference range', 'referenceRange'),
    column('Date', 'effective[x]', 'issued'),
  ],
  DiagnosticReport: [
    column('Report', 'code'),
    column('Conclusion', 'conclusion', 'conclusionCode'),
    column('Date', 'effective[x]', 'issued'),
    status,
  ],
  Procedure: [
    column('Procedure', 'code'),
    column('Site', 'bodySite'),
    column('Date', 'performed[x]'),
    status,
  ],
  DeviceUseStatement: [
    column('Device', 'device'),
    column('Site', 'bodySite'),
    column('Used', 'timing[x]', 'recordedOn'),
    status,
  ],
  Flag: [column('Alert', 'code'), column('Period', 'period'), status],
  Consent: [
    column('Directive', 'category'),
    column('Decision', 'provision.type'),
    column('Date', 'dateTime'),
  ],
  ClinicalImpression: [
    column('Assessment', 'code', 'description'),
    column('Summary', 'summary'),
    column('Date', 'effective[x]', 'date'),
  ],
  CarePlan: [
    column('Plan', 'title', 'category'),
    column('Description', 'description', 'activity.detail.code'),
    column('Period', 'period'),
    status,
  ],
  ImmunizationRecommendation: [
    column('Vaccine', 'recommendation.vaccineCode', 'recommendation.targetDisease'),
    column('Forecast', 'recommendation.forecastStatus'),
    column('Date', 'recommendation.dateCriterion.value', 'date'),
  ],
};
