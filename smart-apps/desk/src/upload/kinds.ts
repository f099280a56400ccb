// Kinds of report, as the hospital names them and as LOINC codes them. https://loinc.org

export const reportKinds = [
  { code: '11502-2', name: 'laboratory' },
  { code: '18748-4', name: 'imaging' },
  { code: '18842-5', name: 'discharge' },
  { code: '57833-6', name: 'prescription' },
  { code: '11524-6', name: 'ecg' },
  { code: '11526-1', name: 'pathology' },
  { code: '57133-1', name: 'referral' },
  { code: '34133-9', name: 'other' },
] as const;

export type KindName = (typeof reportKinds)[number]['name'];

const displays: Readonly<Record<KindName, string>> = {
  laboratory: 'Laboratory report',
  imaging: 'Diagnostic imaging study',
  discharge: 'Discharge summary',
  prescription: 'Prescription for medication',
  ecg: 'EKG study',
  pathology: 'Pathology study',
  referral: 'Referral note',
  other: 'Summarization of episode note',
};

export const typeOf = (kind: KindName) => {
  const { code } = reportKinds.find(({ name }) => name === kind)!;
  return { coding: [{ system: 'http://loinc.org', code, display: displays[kind] }] };
};
