// The official FHIRPath Patch cases, over HTTP.
// https://hl7.org/fhir/R4/fhirpatch.html

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { jsonOf, outcomeOf, resourceOf } from '../support/client.ts';
import { liveServer } from '../support/live.ts';
import { describeShared, hasShared, readShared } from '../support/shared.ts';
import { exceptions } from './exceptions.ts';

interface Case {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>> & { readonly resourceType: string };
  readonly patch: unknown;
  readonly expect: {
    readonly status: number;
    readonly resource?: Readonly<Record<string, unknown>>;
  };
}

const cases = hasShared
  ? (JSON.parse(readShared('vectors', 'fhirpath-patch', 'cases.json')) as Case[])
  : [];

/** Without what the server sets; blanks between the narrative's tags were lost when the vectors were made from XML. */
const content = (resource: object): unknown =>
  JSON.parse(
    JSON.stringify({ ...resource, id: undefined, meta: undefined }).replaceAll(
      />(\\n|\s)+</g,
      '><',
    ),
  );

describeShared('FHIRPath Patch vectors', () => {
  const server = liveServer();

  for (const { name, input, patch, expect: expected } of cases)
    it(name, async () => {
      const path = `${input.resourceType}/${randomUUID()}`;
      const id = path.split('/')[1];
      resourceOf(await server.put(path, { ...input, id }), 201);

      const answer = await server.patch(path, patch);

      const exception = exceptions.get(`fhirpath-patch/${name}`);
      if (exception !== undefined) {
        expect(answer.status, exception.because).to.equal(exception.status);
        return;
      }
      if (expected.status !== 200) {
        expect(answer.status).to.be.within(400, 499);
        outcomeOf(answer);
        return;
      }
      expect(answer.status, answer.text).to.equal(200);
      expect(content(jsonOf(answer) as object)).to.deep.equal(content(expected.resource!));
      expect(content(resourceOf(await server.get(path)))).to.deep.equal(
        content(expected.resource!),
      );
    });
});
