// PrintedPrescription: the sheet: hospital, prescriber with registration number, patient with health ID, the medicines, a signature.

import type { FhirResource, MedicationRequest, Patient } from 'fhir/r4';
import { contactOf, uhidOf } from '@meridian/ui/format/person.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDosage } from '@meridian/ui/record/dosage/useDosage.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import { useTranslation } from 'react-i18next';
import { useRoleOf } from '../writing/useOwnRole.ts';
import { registrationOf } from './registration.ts';
import './prescription.css';

export interface PrintedPrescriptionProps {
  readonly patient: Patient;
  /** Of one prescriber, at least one. */
  readonly requests: readonly MedicationRequest[];
  /** The Medications they name. */
  readonly included: readonly FhirResource[];
}

export const PrintedPrescription = ({ patient, requests, included }: PrintedPrescriptionProps) => {
  const { t } = useTranslation(['prescribe', 'ui']);
  const format = useFormat();
  const { requester, authoredOn } = requests[0]!;
  const { organization, practitioner } = useRoleOf(requester?.reference) ?? {};
  const { qualification, registration } = registrationOf(practitioner);
  const name = format.name(practitioner?.name) || requester?.display;
  return (
    <article className="prescription" aria-label={t('print.title')}>
      {/* Of this page alone: in a style sheet it would hold for every page that is printed afterwards. */}
      <style>{'@page { size: A5; margin: 10mm; }'}</style>
      <div className="prescription-head">
        <div>
          <strong className="prescription-hospital">{organization?.name}</strong>
          <div>{format.address(organization?.address?.[0])}</div>
          <div>{contactOf(organization?.telecom, 'phone')}</div>
        </div>
        <div>
          <strong>{[name, qualification].filter(Boolean).join(', ')}</strong>
          <div>
            {registration === undefined ? '' : t('print.registration', { number: registration })}
          </div>
        </div>
      </div>
      <dl className="prescription-patient">
        <dt>{t('print.patient')}</dt>
        <dd>
          {[
            format.name(patient.name),
            format.age(patient.birthDate),
            t(`ui:patient.gender.${patient.gender ?? 'unknown'}`),
          ]
            .filter(Boolean)
            .join(', ')}
        </dd>
        <dt>{t('print.uhid')}</dt>
        <dd>{format.uhid(uhidOf(patient.identifier))}</dd>
        <dt>{t('print.date')}</dt>
        <dd>{format.date(authoredOn)}</dd>
      </dl>
      <p className="prescription-rx" aria-hidden>
        ℞
      </p>
      <ol className="prescription-lines">
        {requests.map((request) => (
          <PrintedLine key={request.id} request={request} included={included} />
        ))}
      </ol>
      <p className="prescription-signature">{t('print.signature', { name })}</p>
    </article>
  );
};

interface PrintedLineProps {
  readonly request: MedicationRequest;
  readonly included: readonly FhirResource[];
}

const PrintedLine = ({ request, included }: PrintedLineProps) => {
  const { t } = useTranslation('prescribe');
  const dosageOf = useDosage();
  const { status, doNotPerform, dosageInstruction, dispenseRequest } = request;
  const { quantity, numberOfRepeatsAllowed = 0 } = dispenseRequest ?? {};
  const isOver = status !== 'active' && status !== 'completed';
  return (
    <li>
      <strong>{nameOfMedicine(request, included) || t('current.nameless')}</strong>
      {doNotPerform === true ? <em> {t('print.forbidden')}</em> : null}
      {isOver ? <em> {t('print.over')}</em> : null}
      {dosageOf(dosageInstruction).map((line) => (
        <div key={line}>{line}</div>
      ))}
      <div>
        {[
          quantity === undefined
            ? ''
            : t('print.quantity', { quantity: quantity.value, unit: quantity.unit }),
          numberOfRepeatsAllowed === 0
            ? t('print.noRepeats')
            : t('print.repeats', { count: numberOfRepeatsAllowed }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </li>
  );
};
