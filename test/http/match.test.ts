// Which interaction a method and a path mean.

import { expect } from 'chai';
import { loadDefinitions } from '../../src/fhir/definitions/load.ts';
import { createMatcher } from '../../src/http/match.ts';
import { routes } from '../../src/http/routes.ts';
import type { FhirRequest } from '../../src/interactions/types.ts';
import type { Operation } from '../../src/operations/types.ts';

const handler = () => Promise.resolve({ status: 200 });
const operations: readonly Operation[] = [
  {
    name: '$everything',
    definition: 'e',
    levels: ['instance'],
    types: ['Patient'],
    affectsState: false,
    handler,
  },
  { name: '$meta-add', definition: 'm', levels: ['instance'], affectsState: true, handler },
  {
    name: '$meta',
    definition: 'm',
    levels: ['system', 'type', 'instance', 'version'],
    affectsState: false,
    handler,
  },
];

describe('http/match', () => {
  const match = createMatcher({ routes, operations, definitions: loadDefinitions() });
  const compartment = { type: 'Patient', id: '1' };

  const cases: readonly (readonly [FhirRequest['method'], string, string, object])[] = [
    ['GET', 'metadata', 'capabilities', {}],
    ['GET', '', 'search-system', {}],
    ['POST', '', 'transaction', {}],
    ['POST', '_search', 'search-system', {}],
    ['GET', '_history', 'history-system', {}],
    ['GET', 'Patient', 'search-type', { type: 'Patient' }],
    ['POST', 'Patient', 'create', { type: 'Patient' }],
    ['PUT', 'Patient', 'update', { type: 'Patient' }],
    ['DELETE', 'Patient', 'delete', { type: 'Patient' }],
    ['PATCH', 'Patient', 'patch', { type: 'Patient' }],
    ['POST', 'Patient/_search', 'search-type', { type: 'Patient' }],
    ['GET', 'Patient/_history', 'history-type', { type: 'Patient' }],
    ['GET', 'Patient/1', 'read', { type: 'Patient', id: '1' }],
    ['HEAD', 'Patient/1', 'read', { type: 'Patient', id: '1' }],
    ['PUT', 'Patient/1', 'update', { type: 'Patient', id: '1' }],
    ['PATCH', 'Patient/1', 'patch', { type: 'Patient', id: '1' }],
    ['DELETE', 'Patient/1', 'delete', { type: 'Patient', id: '1' }],
    ['GET', 'Patient/1/_history', 'history-instance', { type: 'Patient', id: '1' }],
    ['GET', 'Patient/1/_history/2', 'vread', { type: 'Patient', id: '1', version: '2' }],
    ['GET', 'Binary/1', 'read', { type: 'Binary', id: '1' }],
    ['POST', 'Binary', 'create', { type: 'Binary' }],
    ['GET', 'Binary/1/_history/2', 'vread', { type: 'Binary', id: '1', version: '2' }],
    ['GET', 'Patient/1/Observation', 'search-compartment', { type: 'Observation', compartment }],
    ['GET', 'Patient/1/*', 'search-compartment', { compartment }],
    ['POST', 'Patient/1/_search', 'search-compartment', { compartment }],
    [
      'POST',
      'Patient/1/Observation/_search',
      'search-compartment',
      { type: 'Observation', compartment },
    ],
    [
      'GET',
      'Patient/1/$everything',
      '$everything',
      { type: 'Patient', id: '1', operation: '$everything' },
    ],
    [
      'POST',
      'Patient/1/$meta-add',
      '$meta-add',
      { type: 'Patient', id: '1', operation: '$meta-add' },
    ],
    ['GET', '$meta', '$meta', { operation: '$meta' }],
    ['GET', 'Patient/$meta', '$meta', { type: 'Patient', operation: '$meta' }],
    [
      'GET',
      'Patient/1/_history/2/$meta',
      '$meta',
      { type: 'Patient', id: '1', version: '2', operation: '$meta' },
    ],
  ];
  for (const [method, path, interaction, named] of cases)
    it(`reads ${method} '${path}' as ${interaction}`, () => {
      const found = match(method, path);

      expect(found.interaction).to.equal(interaction);
      expect(found.named).to.deep.equal(named);
    });

  const missing: readonly (readonly [FhirRequest['method'], string, RegExp])[] = [
    ['GET', 'Patiant/1', /did you mean 'Patient'/i],
    ['GET', 'patient', /did you mean 'Patient'/i],
    ['GET', 'Patient/1/2/3/4', /nothing at/i],
    ['GET', 'Observation/1/Patient', /nothing at/i],
    ['GET', 'Patient/1/$everythin', /did you mean \$everything/],
    ['GET', 'Group/1/$everything', /Patient/],
    ['GET', '$everything', /instance/],
    ['GET', 'Patient/1/_history/2/$everything', /instance/],
    ['GET', 'Patient/1/Observation/2/$meta', /version/],
    ['GET', 'Patient/1/_history/$meta', /version/],
    ['GET', 'Resource/1', /not a FHIR R4 resource type/],
    ['GET', '__proto__/1', /nothing at/i],
  ];
  for (const [method, path, text] of missing)
    it(`answers 404 to ${method} '${path}'`, () => {
      expect(() => match(method, path))
        .to.throw(text)
        .with.property('status', 404);
    });

  const impossible: readonly (readonly [string, string, string])[] = [
    ['POST', 'Patient/1', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['PUT', '', 'GET, HEAD, POST'],
    ['GET', 'Patient/_search', 'POST'],
    ['GET', 'Patient/1/$meta-add', 'POST'],
    ['POST', 'metadata', 'GET, HEAD'],
    ['PATCH', 'Binary/1', 'GET, HEAD, PUT, DELETE'],
    ['OPTIONS', 'Patient', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
  ];
  for (const [method, path, allow] of impossible)
    it(`answers 405 to ${method} '${path}' and names what is possible`, () => {
      expect(() => match(method as FhirRequest['method'], path))
        .to.throw()
        .that.includes({ status: 405 })
        .and.has.nested.property('headers.allow', allow);
    });
});
