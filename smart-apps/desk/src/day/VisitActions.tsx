// VisitActions: check in with one touch; everything that is rarer behind a menu; what cannot be taken back is asked first.

import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import type { Appointment, Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CancelDialog } from './CancelDialog.tsx';
import { actionsOf, type Clock, type VisitAction } from './day-list.ts';

type Change = Exclude<VisitAction, 'move' | 'cancel'>;

export interface VisitActionsProps {
  readonly visit: Appointment;
  readonly name: string;
  readonly patient: Patient | undefined;
  readonly clock: Clock;
  readonly isBusy: boolean;
  readonly onChange: (change: Change) => void;
  readonly onCancel: (reason: string) => void;
}

export const VisitActions = ({
  visit,
  name,
  patient,
  clock,
  isBusy,
  onChange,
  onCancel,
}: VisitActionsProps) => {
  const { t } = useTranslation('day');
  const [isAsking, { open, close }] = useDisclosure();
  const can = actionsOf(visit, clock);
  const id = visit.id ?? '';
  return (
    <>
      {can.includes('arrive') ? (
        <Button
          loading={isBusy}
          onClick={() => onChange('arrive')}
          aria-label={t('checkInWho', { name })}
        >
          {t('checkIn')}
        </Button>
      ) : null}
      {patient === undefined && can.length === 0 ? null : (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('moreFor', { name })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {can.includes('wait-not') ? (
              <Menu.Item onClick={() => onChange('wait-not')}>{t('undo')}</Menu.Item>
            ) : null}
            {can.includes('no-show') ? (
              <Menu.Item onClick={() => onChange('no-show')}>{t('noShow')}</Menu.Item>
            ) : null}
            {can.includes('move') ? (
              <Menu.Item component={Link} href={`/visits/${id}/move`}>
                {t('move')}
              </Menu.Item>
            ) : null}
            {can.includes('cancel') ? <Menu.Item onClick={open}>{t('cancel')}</Menu.Item> : null}
            {patient === undefined ? null : (
              <Menu.Item component={Link} href={`/patients/${patient.id ?? ''}`}>
                {t('openPatient')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <CancelDialog
        isOpen={isAsking}
        name={name}
        onClose={close}
        onCancel={(reason) => {
          close();
          onCancel(reason);
        }}
      />
    </>
  );
};
