// Shown: what a list of patients needs of each. https://hl7.org/fhir/R4/search.html#elements

export const patientElements = 'identifier,name,gender,birthDate,deceasedBoolean,deceasedDateTime';
