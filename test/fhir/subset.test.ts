// Parts of a resource.

import { expect } from 'chai';
import { loadDefinitions } from '../../src/fhir/definitions/load.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { subset, subsetted } from '../../src/fhir/subset.ts';

const observation: Resource = {
  resourceType: 'Observation',
  id: '1',
  meta: { versionId: '1', tag: [{ code: 'x' }] },
  text: { status: 'generated', div: '<div/>' },
  status: 'final',
  code: { text: 'weight' },
  valueQuantity: { value: 1 },
  note: [{ text: 'n' }],
  _issued: { id: 'i' },
  component: [{ code: { text: 'c' }, valueString: 's', interpretation: [{ text: 'high' }] }],
};

describe('fhir/subset', () => {
  const definitions = loadDefinitions();
  const namesOf = (resource: Resource): readonly string[] => Object.keys(resource);

  it('keeps the elements of a summary, inside backbones too', () => {
    const part = subset(observation, { summary: 'true' }, definitions);

    expect(namesOf(part)).to.deep.equal([
      ...['resourceType', 'id', 'meta', 'status', 'code', 'valueQuantity', '_issued', 'component'],
    ]);
    expect(part['component']).to.deep.equal([{ code: { text: 'c' }, valueString: 's' }]);
  });

  it('keeps text and what is mandatory', () => {
    const part = subset(observation, { summary: 'text' }, definitions);

    expect(namesOf(part)).to.deep.equal(['resourceType', 'id', 'meta', 'text', 'status', 'code']);
  });

  it('keeps the whole base element of which a part was asked for', () => {
    const part = subset(observation, { elements: ['note.text'] }, definitions);

    expect(part['note']).to.deep.equal([{ text: 'n' }]);
  });

  it('leaves only the text out', () => {
    const part = subset(observation, { summary: 'data' }, definitions);

    expect(part['text']).to.equal(undefined);
    expect(part['component']).to.deep.equal(observation['component']);
  });

  it('keeps the elements asked for, mandatory ones and modifiers', () => {
    const part = subset(observation, { elements: ['value', 'Observation.note'] }, definitions);

    expect(namesOf(part)).to.deep.equal([
      ...['resourceType', 'id', 'meta', 'status', 'code', 'valueQuantity', 'note'],
    ]);
  });

  it('tags the part beside the tags it has', () => {
    const part = subset(observation, { summary: 'text' }, definitions);

    expect(part.meta).to.deep.equal({ versionId: '1', tag: [{ code: 'x' }, subsetted] });
  });

  it('looks into the entries of a Bundle and leaves outcomes whole', () => {
    const outcome = { resourceType: 'OperationOutcome', issue: [] };
    const bundle = {
      resourceType: 'Bundle',
      total: 1,
      entry: [{ fullUrl: 'u', resource: observation }, { resource: outcome }],
    };
    const part = subset(bundle, { elements: ['status'] }, definitions);

    expect(part['total']).to.equal(1);
    expect(part['entry']).to.have.nested.property('[0].fullUrl', 'u');
    expect(part['entry']).not.to.have.nested.property('[0].resource.note');
    expect(part['entry']).to.have.nested.property('[1].resource', outcome);
  });
});
