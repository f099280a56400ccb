// The operations by which visits are found and booked, and free times published.

import { bookOperation } from './book.ts';
import { bulkPublishOperation } from './bulk-publish.ts';
import { calendarFileOperation } from './calendar-file.ts';
import { changeOperations } from './change-appointment.ts';
import { findAppointmentsOperation } from './find-appointments.ts';
import { holdOperation } from './hold.ts';
import { publishedOperation } from './published.ts';
import type { Operation } from './types.ts';
import { waitOperation } from './wait.ts';

export const schedulingOperations: readonly Operation[] = [
  findAppointmentsOperation,
  holdOperation,
  bookOperation,
  ...changeOperations,
  waitOperation,
  calendarFileOperation,
  bulkPublishOperation,
  publishedOperation,
];
