// Actions: what a clinician does with the record that is open. A row for each; its page stands in the app's table of pages.

import {
  IconApps,
  IconCalendarPlus,
  IconClipboardList,
  IconNotes,
  IconPill,
  type Icon,
} from '@tabler/icons-react';

export interface ChartAction {
  /** Its text is `actions.<name>` of the namespace `chart`. */
  readonly name: string;
  readonly icon: Icon;
  /** Below `/patients/:id`. */
  readonly path: string;
}

export const chartActions: readonly ChartAction[] = [
  { name: 'note', icon: IconNotes, path: 'note' },
  { name: 'prescribe', icon: IconPill, path: 'prescribe' },
  { name: 'orders', icon: IconClipboardList, path: 'orders' },
  { name: 'follow-up', icon: IconCalendarPlus, path: 'follow-up' },
  { name: 'gallery', icon: IconApps, path: 'gallery' },
];

/** The visit of the launch goes along, so that what is written belongs to it. */
export const addressOfAction = (
  { path }: ChartAction,
  { patient, encounter }: { readonly patient: string; readonly encounter?: string | undefined },
): string =>
  `/patients/${patient}/${path}${encounter === undefined ? '' : `?encounter=${encounter}`}`;
