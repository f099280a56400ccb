// Kinds: what sort of information each resource type holds. The decision table speaks of kinds, not of 146 types.
// https://hl7.org/fhir/R4/resourcelist.html

export type Kind =
  /** Who and what there is: for everyone who has signed in. */
  | 'directory'
  /** Definitions, terminology, medicines as such: about nobody. */
  | 'knowledge'
  /** The Patient: who somebody is. */
  | 'identity'
  /** Persons around a patient. */
  | 'demographics'
  | 'appointment'
  | 'coverage'
  | 'billing'
  | 'dispensing'
  /** Messages and worklists. */
  | 'message'
  | 'consent'
  /** Who has looked at what. */
  | 'audit'
  /** Who has written what. */
  | 'provenance'
  /** Bytes: seen by whoever sees the resource that refers to them. */
  | 'attachment'
  /** What a system asks to be told of. */
  | 'subscription'
  /** Everything else: the health record itself. */
  | 'clinical';

const typesOfKinds: Readonly<Record<Exclude<Kind, 'clinical'>, string>> = {
  directory:
    'Organization OrganizationAffiliation Practitioner PractitionerRole HealthcareService Location Endpoint Schedule ' +
    'Slot InsurancePlan',
  knowledge:
    'ActivityDefinition CapabilityStatement CatalogEntry ChargeItemDefinition CodeSystem CompartmentDefinition ' +
    'ConceptMap DeviceDefinition EffectEvidenceSynthesis EventDefinition Evidence EvidenceVariable ExampleScenario ' +
    'GraphDefinition ImplementationGuide Library Measure Medication MedicationKnowledge MedicinalProduct ' +
    'MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication ' +
    'MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged ' +
    'MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition NamingSystem ' +
    'ObservationDefinition OperationDefinition PlanDefinition Questionnaire ResearchDefinition ' +
    'ResearchElementDefinition ResearchStudy RiskEvidenceSynthesis SearchParameter SpecimenDefinition ' +
    'StructureDefinition StructureMap Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein ' +
    'SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification TerminologyCapabilities TestReport ' +
    'TestScript ValueSet',
  identity: 'Patient',
  demographics: 'RelatedPerson Person',
  appointment: 'Appointment AppointmentResponse',
  coverage:
    'Coverage CoverageEligibilityRequest CoverageEligibilityResponse EnrollmentRequest EnrollmentResponse',
  billing:
    'Account ChargeItem Claim ClaimResponse ExplanationOfBenefit Invoice PaymentNotice PaymentReconciliation',
  dispensing: 'MedicationRequest MedicationDispense SupplyRequest SupplyDelivery',
  message: 'Communication CommunicationRequest Task',
  consent: 'Consent',
  audit: 'AuditEvent',
  provenance: 'Provenance',
  attachment: 'Binary',
  subscription: 'Subscription',
};

const kindByType: ReadonlyMap<string, Kind> = new Map(
  Object.entries(typesOfKinds).flatMap(([kind, types]) =>
    types.split(' ').map((type) => [type, kind as Kind] as const),
  ),
);

/** A type nobody thought of is clinical: that is the kind the fewest may see. */
export const kindOf = (type: string): Kind => kindByType.get(type) ?? 'clinical';

/** The types that are named above, for the test that they all exist. */
export const namedTypes: readonly string[] = [...kindByType.keys()];
