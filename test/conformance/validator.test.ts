// Resources HL7's reference validator accepts are accepted here: by $validate, and by a create.
// https://hl7.org/fhir/R4/resource-operation-validate.html

import { existsSync } from 'node:fs';
import { expect } from 'chai';
import type { FhirResource } from 'fhir/r4.js';
import { outcomeOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';
import { describeShared, hasShared, readShared, shared } from '../support/shared.ts';
import { exceptions } from './exceptions.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly supporting?: readonly string[];
}

/** Parameters as a body are the operation's own, so Parameters to be validated go inside. */
const asked = (text: string, resourceType: string): string =>
  resourceType === 'Parameters'
    ? `{"resourceType":"Parameters","parameter":[{"name":"resource","resource":${text}}]}`
    : text;

const folder = ['vectors', 'validator-positive'];
const cases = hasShared ? (JSON.parse(readShared(...folder, 'cases.json')) as Case[]) : [];
const read = (file: string): string => readShared(...folder, 'files', file).replace(/^\uFEFF/, '');

describeShared('validator vectors', () => {
  const server = liveServer();

  for (const { name, file, supporting = [] } of cases)
    it(name, async () => {
      for (const other of supporting.filter((one) => existsSync(shared(...folder, 'files', one)))) {
        const { resourceType } = JSON.parse(read(other)) as FhirResource;
        await server.post(resourceType, read(other));
      }
      const { resourceType } = JSON.parse(read(file)) as FhirResource;

      const answer = await server.post(
        `${resourceType}/$validate`,
        asked(read(file), resourceType),
      );

      const errors = outcomeOf(answer).issue.filter(
        (issue) => issue.severity === 'error' || issue.severity === 'fatal',
      );
      const exception = exceptions.get(`validator/${name}`);
      if (exception !== undefined) {
        expect(errors, 'no exception any more').to.not.be.empty;
        return;
      }
      expect(errors).to.deep.equal([]);
      expect(answer.status).to.equal(200);
    });
});
