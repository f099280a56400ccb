// The operations on uploads that wait for their patient.

import type { Refiling } from '../sharing/publish/refile.ts';
import { cancelUpload } from './cancel-upload.ts';
import { fileUpload } from './file-upload.ts';
import type { Operation } from './types.ts';

export const uploadOperations = (refiling: Refiling): readonly Operation[] => [
  fileUpload(refiling),
  cancelUpload,
];
