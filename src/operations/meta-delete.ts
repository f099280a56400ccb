// $meta-delete: profiles, tags and security labels taken off a resource.
// https://hl7.org/fhir/R4/resource-operation-meta-delete.html

import { changeMeta } from './meta/change-meta.ts';
import { removeLabels } from './meta/labels.ts';
import type { Operation } from './types.ts';

export const metaDelete: Operation = {
  name: '$meta-delete',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta-delete',
  levels: ['instance'],
  affectsState: true,
  right: 'update',
  handler: changeMeta(removeLabels),
};
