// CandidateCard: one of those whom the person may be, read when it is shown.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { MatchCard } from '../register/MatchCard.tsx';
import type { Candidate } from '../register/matches.ts';

export interface CandidateCardProps {
  readonly person: Patient;
  readonly candidate: Candidate;
  readonly isBusy: boolean;
  readonly onSame: (known: Patient) => void;
}

export const CandidateCard = ({ person, candidate, isBusy, onSame }: CandidateCardProps) => {
  const { t } = useTranslation('duplicates');
  const { data: known, error, refetch } = useRead<Patient>('Patient', candidate.id);
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (known === undefined) return <Loading />;
  return (
    <MatchCard
      person={person}
      known={known}
      grade={candidate.grade}
      action={{ label: t('same'), isBusy, run: () => onSame(known) }}
    />
  );
};
