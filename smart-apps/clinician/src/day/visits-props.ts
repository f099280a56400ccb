// Visits props: what every place that shows visits of the day is given besides them.

import type { ChangingVisit } from '@meridian/ui/visits/change-visit.ts';

export interface VisitsProps {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeZone: string;
  /** The id of the Appointment that is being changed. */
  readonly changing: string | undefined;
  readonly change: (change: ChangingVisit) => void;
}
