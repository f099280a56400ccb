// Report kinds: what happens outside the FHIR API and is told to the audit, with the codes it gets there.
// https://dicom.nema.org/medical/dicom/current/output/chtml/part16/sect_CID_400.html

export interface Code {
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

interface ReportShape {
  readonly type: Code;
  readonly subtype: Code;
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
}

const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const authentication: Code = { system: dicom, code: '110114', display: 'User Authentication' };
const alert: Code = { system: dicom, code: '110113', display: 'Security Alert' };
const tokenCode: Code = {
  ...{ system: 'urn:ihe:event-type-code', code: 'ITI-71', display: 'Get Access Token' },
};
const introspectCode: Code = {
  ...{ system: 'urn:ihe:event-type-code', code: 'ITI-102', display: 'Introspect Token' },
};
const attributes: Code = {
  ...{ system: dicom, code: '110137', display: 'User Security Attributes Changed' },
};
const configuration: Code = {
  ...{ system: dicom, code: '110131', display: 'Security Configuration' },
};
const override: Code = {
  ...{ system: dicom, code: '110127', display: 'Emergency Override Started' },
};

const event = (type: Code, subtype: Code, action: ReportShape['action']): ReportShape => ({
  ...{ type, subtype, action },
});

/** A kind that ends in `-refused` is one that was not allowed. */
export const reportKinds = {
  'sign-in': event(authentication, { system: dicom, code: '110122', display: 'Login' }, 'E'),
  'sign-in-refused': event(
    authentication,
    { system: dicom, code: '110122', display: 'Login' },
    'E',
  ),
  'sign-out': event(authentication, { system: dicom, code: '110123', display: 'Logout' }, 'E'),
  authorization: event(authentication, tokenCode, 'E'),
  'authorization-refused': event(authentication, tokenCode, 'E'),
  token: event(authentication, tokenCode, 'C'),
  'token-refused': event(authentication, tokenCode, 'C'),
  refresh: event(authentication, tokenCode, 'C'),
  revocation: event(authentication, tokenCode, 'D'),
  introspection: event(authentication, introspectCode, 'R'),
  'introspection-refused': event(authentication, introspectCode, 'R'),
  registration: event(alert, configuration, 'C'),
  'registration-changed': event(alert, configuration, 'U'),
  'registration-removed': event(alert, configuration, 'D'),
  'registration-refused': event(alert, configuration, 'C'),
  'patient-search': event(
    { system: dicom, code: '110112', display: 'Query' },
    { system: 'urn:ihe:event-type-code', code: 'ITI-78', display: 'Mobile Patient Demographics' },
    'E',
  ),
  'user-created': event(alert, attributes, 'C'),
  'user-changed': event(alert, attributes, 'U'),
  'user-removed': event(alert, attributes, 'D'),
  'user-change-refused': event(alert, attributes, 'U'),
  'break-glass': event(alert, override, 'E'),
  'break-glass-refused': event(alert, override, 'E'),
  'break-glass-ended': event(
    alert,
    { system: dicom, code: '110138', display: 'Emergency Override Stopped' },
    'E',
  ),
  administration: event(alert, configuration, 'E'),
  'administration-refused': event(alert, configuration, 'E'),
} as const satisfies Readonly<Record<string, ReportShape>>;

export type ReportKind = keyof typeof reportKinds;

export const shapeOf = (kind: string): ReportShape =>
  Object.hasOwn(reportKinds, kind) ? reportKinds[kind as ReportKind] : reportKinds.administration;
