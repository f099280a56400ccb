// $meta-add: profiles, tags and security labels put on a resource.
// https://hl7.org/fhir/R4/resource-operation-meta-add.html

import { changeMeta } from './meta/change-meta.ts';
import { addLabels } from './meta/labels.ts';
import type { Operation } from './types.ts';

export const metaAdd: Operation = {
  name: '$meta-add',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta-add',
  levels: ['instance'],
  affectsState: true,
  right: 'update',
  handler: changeMeta(addLabels),
};
