// The operations about who a Patient is.

import type { Enrolling } from '../health-id/complete-patient.ts';
import { enrol } from './enrol.ts';
import { ihePix } from './ihe-pix.ts';
import { match } from './match.ts';
import { merge, unmerge } from './merge.ts';
import { register } from './register.ts';
import type { Operation } from './types.ts';

export const healthIdOperations = (enrolling: Enrolling): readonly Operation[] => [
  match(enrolling.system),
  enrol(enrolling),
  register(enrolling),
  merge(enrolling.system),
  unmerge,
  ihePix(enrolling.system),
];
