// The operations about who a Patient is.

import type { OnDecided } from '../access/registered.ts';
import type { Enrolling } from '../health-id/complete-patient.ts';
import { enrol } from './enrol.ts';
import { ihePix } from './ihe-pix.ts';
import { match } from './match.ts';
import { merge } from './merge.ts';
import { register } from './register.ts';
import type { Operation } from './types.ts';
import { unmerge } from './unmerge.ts';

export const healthIdOperations = (
  enrolling: Enrolling,
  onDecided: OnDecided = nobodyWaits,
): readonly Operation[] => [
  match(enrolling.system),
  enrol(enrolling),
  register(enrolling, onDecided),
  merge(enrolling.system),
  unmerge,
  ihePix(enrolling.system),
];

const nobodyWaits: OnDecided = () => Promise.resolve();
