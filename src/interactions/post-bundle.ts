// What is posted to the base itself: a batch or a transaction.
// https://hl7.org/fhir/R4/http.html#transaction

import { invalid } from '../fhir/problem.ts';
import { batch } from './batch.ts';
import { bodyOf } from './parts.ts';
import { transaction } from './transaction.ts';
import type { Handler } from './types.ts';

export const postBundle: Handler = async (request, permit, context) => {
  const { plain } = bodyOf(request);
  if (plain.resourceType !== 'Bundle')
    throw invalid(
      `A Bundle is posted to the base; a ${plain.resourceType} is posted to ${request.base}/${plain.resourceType}.`,
    );
  if (plain['type'] === 'transaction') return transaction(request, permit, context);
  if (plain['type'] === 'batch') return batch(request, permit, context);
  throw invalid(`Bundle.type must be 'transaction' or 'batch' here.`, 'Bundle.type');
};
