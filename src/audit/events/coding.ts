// Coding: the code systems of AuditEvents and the codes of them that are used here.
// https://profiles.ihe.net/ITI/BALP/artifacts.html

import type { Code } from './report-kinds.ts';

const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const entityTypes = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const entityRoles = 'http://terminology.hl7.org/CodeSystem/object-role';

export const interactionSystem = 'http://hl7.org/fhir/restful-interaction';
export const purposeSystem = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

export const codes = {
  rest: {
    ...{ system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    display: 'RESTful Operation',
  },
  application: { system: dicom, code: '110150', display: 'Application' },
  destination: { system: dicom, code: '110152', display: 'Destination Role ID' },
  sender: { system: dicom, code: '110153', display: 'Source Role ID' },
  custodian: {
    ...{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type' },
    ...{ code: 'custodian', display: 'Custodian' },
  },
  recipient: { system: participation, code: 'IRCP', display: 'information recipient' },
  author: { system: participation, code: 'AUT', display: 'author (originator)' },
  oauthUser: {
    ...{ system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes' },
    code: 'UserOauthAgent',
  },
  requestId: {
    ...{ system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType' },
    code: 'XrequestId',
  },
  person: { system: entityTypes, code: '1', display: 'Person' },
  systemObject: { system: entityTypes, code: '2', display: 'System Object' },
  patient: { system: entityRoles, code: '1', display: 'Patient' },
  domainResource: { system: entityRoles, code: '4', display: 'Domain Resource' },
  query: { system: entityRoles, code: '24', display: 'Query' },
  server: {
    ...{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type' },
    ...{ code: '4', display: 'Application Server' },
  },
} as const satisfies Readonly<Record<string, Code>>;
