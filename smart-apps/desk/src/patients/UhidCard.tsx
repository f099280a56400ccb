// UhidCard: the card with the health ID: name, birth date, number and its QR code, and nothing about health.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { Patient } from 'fhir/r4';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import './card.css';
import { useQr, type Qr } from './useQr.ts';

export interface UhidCardProps {
  readonly patient: Patient;
  readonly uhid: string;
}

export const UhidCard = ({ patient, uhid }: UhidCardProps) => {
  const { t } = useTranslation('patients');
  const format = useFormat();
  // What a scanner types into a field: the figures alone.
  const qr = useQr(uhid);
  const face = <Face patient={patient} uhid={uhid} qr={qr} />;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('uhid')}>
      <Stack align="flex-start">
        <Text>{t('uhid')}</Text>
        <Text className="uhid-figures" data-testid="uhid">
          {format.uhid(uhid)}
        </Text>
        {face}
        <Button
          leftSection={<IconPrinter size={18} aria-hidden />}
          disabled={qr === undefined}
          onClick={() => globalThis.print()}
        >
          {t('print')}
        </Button>
      </Stack>
      {createPortal(
        <div className="uhid-print" aria-hidden="true">
          {face}
        </div>,
        document.body,
      )}
    </Paper>
  );
};

const Face = ({ patient, uhid, qr }: UhidCardProps & { readonly qr: Qr | undefined }) => {
  const { t } = useTranslation('patients');
  const format = useFormat();
  return (
    <div className="uhid-card">
      <div className="uhid-card-words">
        <span className="uhid-card-network">{t('card.network')}</span>
        <strong className="uhid-card-name">{format.name(patient.name)}</strong>
        <span>
          {t('card.born')} {format.date(patient.birthDate)}
        </span>
        <strong className="uhid-card-number">{format.uhid(uhid)}</strong>
        <span className="uhid-card-found">{t('card.found')}</span>
      </div>
      {qr === undefined ? null : (
        <svg
          className="uhid-card-qr"
          // With the quiet zone that scanners want around it.
          viewBox={`-4 -4 ${String(qr.size + 8)} ${String(qr.size + 8)}`}
          role="img"
          aria-label={t('card.qr')}
          shapeRendering="crispEdges"
        >
          <path d={qr.path} />
        </svg>
      )}
    </div>
  );
};
