// The definitions as the server sees them.

import { expect } from 'chai';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import type { ElementDefinition, TypeDefinition } from '#src/fhir/definitions/types.ts';

const definitions = loadDefinitions();
const type = (name: string): TypeDefinition => definitions.types.get(name)!;
const elementOf = (name: string, element: string): ElementDefinition =>
  type(name).elements.get(element)!;

describe('loadDefinitions', () => {
  it('takes less than 150 ms once the cache is there', () => {
    const start = performance.now();
    loadDefinitions();

    expect(performance.now() - start).to.be.below(150);
  });

  it('says what it was made from', () => {
    expect(definitions.fingerprint).to.match(/^hl7\.fhir\.r4\.examples@4\.0\.1\+[0-9a-f]{16}$/);
  });

  it('knows the 146 concrete resource types and no abstract one', () => {
    expect(definitions.resourceTypes).to.have.length(146);
    expect(definitions.resourceTypes).to.include.members(['Patient', 'Parameters', 'Bundle']);
    expect(definitions.resourceTypes).not.to.include.members(['Resource', 'DomainResource']);
  });

  it('leads every element to types that exist', () => {
    const lost = [...definitions.types.values()].flatMap(({ elements }) =>
      [...elements.values()].flatMap(({ path, types }) =>
        types
          .filter(({ code }) => !definitions.types.has(code))
          .map(({ code }) => `${path}: ${code}`),
      ),
    );

    expect(lost).to.deep.equal([]);
  });

  it('gives every element a type and every type a base up to Element or Resource', () => {
    const untyped = [...definitions.types.values()].flatMap(({ elements }) =>
      [...elements.values()].filter(({ types }) => types.length === 0).map(({ path }) => path),
    );
    const baseless = [...definitions.types.values()].filter(({ base }) => base === undefined);

    expect(untyped).to.deep.equal([]);
    expect(baseless.map(({ name }) => name).sort()).to.deep.equal(['Element', 'Resource']);
  });

  it('counts inherited elements in, in the order of the snapshot', () => {
    expect([...type('Patient').elements.keys()].slice(0, 9)).to.deep.equal([
      'id',
      'meta',
      'implicitRules',
      'language',
      'text',
      'contained',
      'extension',
      'modifierExtension',
      'identifier',
    ]);
  });

  it('makes a backbone element a type of its own', () => {
    expect(elementOf('Patient', 'contact').types).to.deep.equal([{ code: 'Patient.contact' }]);
    expect(type('Patient.contact')).to.include({ kind: 'backbone', base: 'BackboneElement' });
    expect(type('Timing.repeat')).to.include({ kind: 'backbone', base: 'Element' });
    expect([...type('Patient.contact').elements.keys()]).to.include.members([
      'id',
      'extension',
      'modifierExtension',
      'telecom',
    ]);
  });

  it('follows a content reference to the type it names', () => {
    expect(elementOf('Questionnaire.item', 'item').types).to.deep.equal([
      { code: 'Questionnaire.item' },
    ]);
    expect(elementOf('Bundle.entry', 'link').types).to.deep.equal([{ code: 'Bundle.link' }]);
  });

  it('spreads a choice over its JSON properties', () => {
    const { properties } = type('Observation');

    expect(properties.get('valueQuantity')!.type.code).to.equal('Quantity');
    expect(properties.get('valueDateTime')!.element.name).to.equal('value[x]');
    expect(properties.has('value')).to.equal(false);
    expect(type('Extension').elements.get('value[x]')!.types).to.have.length(50);
  });

  it('reads ids and urls as the FHIR types they have', () => {
    expect(elementOf('Patient', 'id').types).to.deep.equal([{ code: 'id' }]);
    expect(elementOf('HumanName', 'id').types).to.deep.equal([{ code: 'string' }]);
    expect(elementOf('Extension', 'url').types).to.deep.equal([{ code: 'uri' }]);
  });

  it('does not count the value of a primitive as an element', () => {
    expect([...type('string').elements.keys()]).to.deep.equal(['id', 'extension']);
    expect(elementOf('xhtml', 'extension').max).to.equal(0);
  });

  it('has infinity for elements without upper bound', () => {
    expect(elementOf('Patient', 'name')).to.include({ min: 0, max: Infinity });
  });

  it('keeps the targets of references, none meaning any', () => {
    expect(elementOf('Patient', 'managingOrganization').types).to.deep.equal([
      { code: 'Reference', targets: ['Organization'] },
    ]);
    expect(elementOf('List.entry', 'item').types).to.deep.equal([{ code: 'Reference' }]);
  });

  it('keeps bindings', () => {
    expect(elementOf('Patient', 'gender').binding).to.deep.equal({
      strength: 'required',
      valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1',
    });
  });

  it('holds an invariant of a type at the type and only further ones at the element', () => {
    const keys = (constraints: TypeDefinition['constraints']) => constraints.map(({ key }) => key);

    expect(keys(type('Patient').constraints)).to.include.members(['dom-2', 'dom-6']);
    expect(keys(type('Patient.contact').constraints)).to.deep.equal(['ele-1', 'pat-1']);
    expect(keys(elementOf('Patient', 'contact').constraints)).to.deep.equal([]);
    expect(keys(elementOf('Organization', 'telecom').constraints)).to.deep.equal(['org-3']);
  });

  it('carries the rule of SimpleQuantity to the elements declared so', () => {
    expect(elementOf('Range', 'low').constraints.map(({ key }) => key)).to.include('sqty-1');
  });

  it("finds HL7's definitions by canonical url with or without a version", () => {
    const url = 'http://hl7.org/fhir/ValueSet/administrative-gender';

    expect(definitions.canonical(url)).to.include({ resourceType: 'ValueSet', url });
    expect(definitions.canonical(`${url}|4.0.1`)).to.include({ resourceType: 'ValueSet', url });
    expect(definitions.canonical('http://hl7.org/fhir/StructureDefinition/bmi')).to.include({
      resourceType: 'StructureDefinition',
    });
    expect(definitions.canonical('http://terminology.hl7.org/CodeSystem/v3-ActCode')).to.include({
      resourceType: 'CodeSystem',
    });
    expect(definitions.canonical('__proto__')).to.equal(undefined);
  });

  it("has every value set of a required binding but the one that is LOINC's own", () => {
    const asked = [...definitions.types.values()].flatMap(({ elements }) =>
      [...elements.values()].flatMap(({ binding }) =>
        binding?.strength === 'required' ? [binding.valueSet] : [],
      ),
    );
    const missing = new Set(asked.filter((url) => definitions.canonical(url) === undefined));

    expect([...missing]).to.deep.equal(['http://loinc.org/vs/LL379-9|4.0.1']);
  });
});

describe('search parameters', () => {
  const find = (name: string, code: string) => definitions.searchParameters(name).get(code)!;

  it('include those of Resource and DomainResource', () => {
    expect([...definitions.searchParameters('Patient').keys()]).to.include.members([
      '_id',
      '_lastUpdated',
      '_text',
      'birthdate',
    ]);
    expect(definitions.searchParameters('Bundle').has('_text')).to.equal(false);
    expect(definitions.searchParameters('Nothing').size).to.equal(0);
  });

  it('are all 1,375 of the official bundle, and one that looks into an extension', () => {
    const urls = new Set(
      definitions.resourceTypes.flatMap((name) =>
        [...definitions.searchParameters(name).values()].map(({ url }) => url),
      ),
    );

    expect(urls.size).to.equal(1375 + 1);
    expect(find('Patient', 'mothersMaidenName').expression).to.equal(
      "Patient.extension('http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName').value.ofType(string)",
    );
  });

  it('are narrowed to the part that begins at the type', () => {
    expect(find('Observation', 'code').expression).to.equal('Observation.code');
    expect(find('Patient', 'phone').expression).to.equal("Patient.telecom.where(system='phone')");
    expect(find('MedicationRequest', 'code').expression).to.equal(
      '(MedicationRequest.medication as CodeableConcept)',
    );
    expect(find('InsurancePlan', 'name').expression).to.equal('name | alias');
  });

  it('describe the type at hand', () => {
    expect(find('Patient', 'email').description).to.equal('A value in an email contact');
  });

  it("read R4's DateTime as the dateTime it means", () => {
    expect(find('Observation', 'code-value-date').components[1]!.expression).to.equal(
      'value.as(dateTime) | value.as(Period)',
    );
  });
});
