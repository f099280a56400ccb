// Cases the server rightly refuses or answers otherwise than their source expects. conformance/exceptions.md says why at
// length; a test keeps the two together.

export interface Exception {
  readonly status: number;
  /** The sentence of the specification that decides. */
  readonly because: string;
}

type Row = readonly [status: number, because: string, cases: readonly string[]];

const rows: readonly Row[] = [
  [
    422,
    'Narrative, txt-2 (an error): "The narrative SHALL have some non-whitespace content"; their narrative is an empty `div`',
    [
      'ActivityDefinition/blood-tubes-supply',
      'ActivityDefinition/heart-valve-replacement',
      'EventDefinition/example',
      'Questionnaire/zika-virus-exposure-assessment',
    ],
  ],
  [
    422,
    'Questionnaire.item.linkId, 1..1: "An identifier that is unique within the Questionnaire allowing linkage to the equivalent item in a QuestionnaireResponse resource"; items of type display have none',
    ['Questionnaire/qs1'],
  ],
  [
    422,
    'DeviceMetric.parent is Reference(Device); it refers to a DeviceDefinition',
    ['DeviceMetric/example'],
  ],
  [
    422,
    'DeviceUseStatement.reasonReference is Reference(Condition | Observation | DiagnosticReport | DocumentReference | Media); it refers to a Procedure',
    ['DeviceUseStatement/example'],
  ],
  [
    422,
    'MedicationRequest.dispenseRequest.performer is Reference(Organization); it refers to a Practitioner',
    ['MedicationRequest/medrx0301'],
  ],
  [
    422,
    'Observation.performer is Reference(Practitioner | PractitionerRole | Organization | CareTeam | Patient | RelatedPerson); it refers to an Encounter',
    ['Observation/clinical-gender'],
  ],
  [
    422,
    'OrganizationAffiliation.network is Reference(Organization); it refers to a Network, which is no type of R4',
    ['OrganizationAffiliation/orgrole1'],
  ],
  [
    422,
    'Bundle, bdl-7 (an error): "FullUrl must be unique in a bundle, or else entries with the same fullUrl must have different meta.versionId"; entries 6769 and after repeat the fullUrl of others',
    ['Bundle/dataelements'],
  ],
  [
    422,
    'ImplementationGuide.name 1..1, ImplementationGuide.status 1..1; both are missing',
    ['ImplementationGuide/fhir'],
  ],
  [
    422,
    'SearchParameter.base, 1..*: "The base resource type(s) that this search parameter can be used against"; it is missing',
    [
      'SearchParameter/codesystem-extensions-CodeSystem-author',
      'SearchParameter/codesystem-extensions-CodeSystem-effective',
      'SearchParameter/codesystem-extensions-CodeSystem-end',
      'SearchParameter/codesystem-extensions-CodeSystem-keyword',
      'SearchParameter/codesystem-extensions-CodeSystem-workflow',
      'SearchParameter/valueset-extensions-ValueSet-author',
      'SearchParameter/valueset-extensions-ValueSet-effective',
      'SearchParameter/valueset-extensions-ValueSet-end',
      'SearchParameter/valueset-extensions-ValueSet-keyword',
      'SearchParameter/valueset-extensions-ValueSet-workflow',
    ],
  ],
  [
    400,
    'id: "Any combination of upper- or lower-case ASCII letters, numerals, - and ., with a length limit of 64 characters"; its id has 67 characters',
    ['SearchParameter/questionnaireresponse-extensions-QuestionnaireResponse-item-subject'],
  ],
  [
    422,
    'StructureDefinition, sdf-4 (an error): "If the structure is not abstract, then there SHALL be a baseDefinition"; these logical models are not abstract and have none',
    [
      'StructureDefinition/Definition',
      'StructureDefinition/Event',
      'StructureDefinition/FiveWs',
      'StructureDefinition/Request',
    ],
  ],
  [
    422,
    'Patient.contact, pat-1 (an error): "SHALL at least contain a contact\'s details or a reference to an organization"; the second operation adds a contact that has a gender only',
    ['fhirpath-patch/Consecutive operations'],
  ],
  [
    200,
    'Relative references are "[type]/[id]"; the stored text `ijk` names no type, so it is no reference to Organization/ijk; the case is marked as optional by its source',
    ['search/Patient?organization=Organization/ijk&_tag={{TAG}}'],
  ],
];

/** By what the suite calls the case: `Type/id` of an example, or `search/`, `fhirpath-patch/`, `validator/` and its name. */
export const exceptions: ReadonlyMap<string, Exception> = new Map(
  rows.flatMap(([status, because, cases]) =>
    cases.map((name) => [name, { status, because }] as const),
  ),
);
