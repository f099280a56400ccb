// Patient/[id]/$enrol: a health ID for a Patient who has none, if nobody known may be the same person.

import { parseDocument } from '../fhir/json.ts';
import { gone, notFound, notSupported } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { enrol as enrolPatient, type Enrolling } from '../health-id/complete-patient.ts';
import { healthIdOf } from '../health-id/identifiers.ts';
import { openTaskOf } from '../health-id/worklist.ts';
import { versionHeaders } from '../interactions/answers.ts';
import { commit } from '../interactions/commit.ts';
import { locate } from '../interactions/locate.ts';
import { keyOf } from '../interactions/parts.ts';
import { prepare } from '../interactions/prepare.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirResponse, Handler } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { readInputs } from './parameters.ts';
import type { Operation } from './types.ts';

const enrolIn =
  (enrolling: Enrolling): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$enrol is asked by POST.');
    readInputs(request, []);
    const { type, id } = keyOf(request);
    const asking: Context = {
      ...context,
      completePatient: (draft, by) => enrolPatient(draft, by, enrolling),
    };
    return retryConflicts(async () => {
      const current = await locate({ type, id }, permit, context);
      if (!current) throw notFound(type, id);
      if (current.deleted) throw gone(type, id);
      if (healthIdOf(JSON.parse(current.text) as Resource, enrolling.system) !== undefined)
        return answerOf(200, current);
      const open = await openTaskOf(id, permit, context);
      if (open) return answerOf(202, open);

      const document = parseDocument(current.text, Infinity);
      const draft = { type, id, document, method: 'PUT', previous: current } as const;
      const { change, also, version } = await prepare(draft, permit, asking);
      // Where a clerk has to look first the Patient stays as it is.
      const [task] = also;
      await commit(task ? also : [change], request, permit, context);
      return task ? answerOf(202, task.version) : answerOf(200, version);
    });
  };

export const answerOf = (status: number, version: Version): FhirResponse => ({
  ...{ status, text: version.text, headers: versionHeaders(version) },
  shown: [version],
});

export const enrol = (enrolling: Enrolling): Operation => ({
  name: '$enrol',
  definition: 'https://meridian.example/OperationDefinition/enrol',
  levels: ['instance'],
  types: ['Patient'],
  affectsState: true,
  right: 'update',
  handler: enrolIn(enrolling),
});
