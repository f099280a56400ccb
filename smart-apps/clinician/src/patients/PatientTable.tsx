// PatientTable: patients with what tells them apart; on a phone it stands under the name.

import { Anchor, Table, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { moveByArrows } from '../keyboard/arrows.ts';
import { useLastVisits } from './useLastVisits.ts';

export interface PatientTableProps {
  readonly patients: readonly Patient[];
  readonly label: string;
}

export const PatientTable = ({ patients, label }: PatientTableProps) => {
  const { t } = useTranslation('patients');
  const lastVisits = useLastVisits(patients.flatMap(({ id }) => id ?? []));
  return (
    <Table aria-label={label} highlightOnHover verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('column.name')}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column} scope="col" visibleFrom="sm">
              {t(`column.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByArrows}>
        {patients.map((patient) => (
          <Row key={patient.id} patient={patient} lastVisit={lastVisits.get(patient.id ?? '')} />
        ))}
      </Table.Tbody>
    </Table>
  );
};

const columns = ['born', 'sex', 'uhid', 'lastVisit'] as const;

interface RowProps {
  readonly patient: Patient;
  readonly lastVisit: string | undefined;
}

const Row = ({ patient, lastVisit }: RowProps) => {
  const { t } = useTranslation(['patients', 'ui']);
  const format = useFormat();
  const { id = '', name, birthDate, gender = 'unknown', identifier } = patient;
  const born = `${format.date(birthDate)} (${format.age(birthDate)})`;
  const sex = t(`ui:patient.gender.${gender}`);
  const uhid = format.uhid(uhidOf(identifier));
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} href={`/patients/${id}`} data-row>
          {format.name(name) || t('unnamed')}
        </Anchor>
        <Text size="sm" fw={400} hiddenFrom="sm">
          {born}, {sex}
        </Text>
        <Text size="sm" fw={400} ff="monospace" hiddenFrom="sm">
          {uhid}
        </Text>
      </Table.Th>
      <Table.Td visibleFrom="sm">{born}</Table.Td>
      <Table.Td visibleFrom="sm">{sex}</Table.Td>
      <Table.Td visibleFrom="sm" ff="monospace">
        {uhid}
      </Table.Td>
      <Table.Td visibleFrom="sm">{format.date(lastVisit)}</Table.Td>
    </Table.Tr>
  );
};
