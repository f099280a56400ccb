// Hospitals: three of them, who works there, what a visit costs and how people nearby live. Two are those of the demonstration.

import { hl7 } from './concepts.ts';

export interface Doctor {
  /** Logical id of the Practitioner. */
  readonly id: string;
  readonly name: readonly [given: string, family: string];
  readonly gender: 'female' | 'male';
  readonly specialty: ReturnType<typeof hl7>;
  /** BCP 47. */
  readonly speaks: readonly string[];
  /** Rupees of a visit in person; by video it is a fifth less. */
  readonly rupees: number;
}

export interface Hospital {
  /** Logical id of the Organization. */
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly place: Place;
  readonly doctors: readonly Doctor[];
  readonly desk: Pick<Doctor, 'id' | 'name' | 'gender'>;
  /** Of streets where patients live. */
  readonly streets: readonly string[];
}

export interface Place {
  readonly line: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

/** https://terminology.hl7.org/CodeSystem-service-type.html */
const specialties = {
  general: hl7('service-type', '124', 'General Practice'),
  cardiology: hl7('service-type', '165', 'Cardiology'),
  endocrinology: hl7('service-type', '169', 'Endocrinology'),
  neurology: hl7('service-type', '177', 'Neurology'),
  women: hl7('service-type', '186', 'Obstetrics & Gynaecology'),
  children: hl7('service-type', '200', 'Paediatric Medicine'),
  lungs: hl7('service-type', '430', 'Respiratory'),
};

export const hospitals: readonly Hospital[] = [
  {
    ...{ id: 'sahyadri', name: 'Sahyadri General Hospital', phone: '+91 20 5550 1200' },
    place: { line: '14 Karve Road', city: 'Pune', state: 'MH', postalCode: '411004' },
    doctors: [
      {
        ...{ id: 'dr-deshpande', name: ['Anjali', 'Deshpande'], gender: 'female', rupees: 800 },
        ...{ specialty: specialties.endocrinology, speaks: ['mr', 'hi', 'en'] },
      },
      {
        ...{ id: 'dr-okafor', name: ['Chidi', 'Okafor'], gender: 'male', rupees: 900 },
        ...{ specialty: specialties.cardiology, speaks: ['en', 'hi'] },
      },
      {
        ...{ id: 'dr-gokhale', name: ['Nikhil', 'Gokhale'], gender: 'male', rupees: 500 },
        ...{ specialty: specialties.general, speaks: ['mr', 'hi', 'en'] },
      },
    ],
    desk: { id: 'desk-kulkarni', name: ['Sanjay', 'Kulkarni'], gender: 'male' },
    streets: ['Prabhat Road', 'Bhandarkar Road', 'Sinhagad Road', 'Paud Road', 'Laxmi Road'],
  },
  {
    ...{ id: 'lakeside', name: 'Lakeside Women and Children Hospital', phone: '+91 80 5550 3400' },
    place: { line: '3 Kensington Road', city: 'Bengaluru', state: 'KA', postalCode: '560042' },
    doctors: [
      {
        ...{ id: 'dr-iyer', name: ['Lakshmi', 'Iyer'], gender: 'female', rupees: 700 },
        ...{ specialty: specialties.children, speaks: ['ta', 'kn', 'en'] },
      },
      {
        ...{ id: 'dr-rao', name: ['Shalini', 'Rao'], gender: 'female', rupees: 850 },
        ...{ specialty: specialties.women, speaks: ['kn', 'te', 'hi', 'en'] },
      },
      {
        ...{ id: 'dr-khan', name: ['Adil', 'Khan'], gender: 'male', rupees: 750 },
        ...{ specialty: specialties.lungs, speaks: ['ur', 'hi', 'en'] },
      },
    ],
    desk: { id: 'desk-fernandes', name: ['Sheela', 'Fernandes'], gender: 'female' },
    streets: ['Ulsoor Lake Street', 'Cambridge Road', 'Hospital Road', 'Murphy Road', 'MG Road'],
  },
  {
    ...{ id: 'kaveri', name: 'Kaveri Heart and Brain Institute', phone: '+91 44 5550 2600' },
    place: { line: '27 Luz Church Road', city: 'Chennai', state: 'TN', postalCode: '600004' },
    doctors: [
      {
        ...{ id: 'dr-subramanian', name: ['Meera', 'Subramanian'], gender: 'female', rupees: 1000 },
        ...{ specialty: specialties.cardiology, speaks: ['ta', 'en'] },
      },
      {
        ...{ id: 'dr-banerjee', name: ['Ishani', 'Banerjee'], gender: 'female', rupees: 1100 },
        ...{ specialty: specialties.neurology, speaks: ['bn', 'hi', 'en'] },
      },
      {
        ...{ id: 'dr-thomas', name: ['Jacob', 'Thomas'], gender: 'male', rupees: 450 },
        ...{ specialty: specialties.general, speaks: ['ml', 'ta', 'en'] },
      },
    ],
    desk: { id: 'desk-selvam', name: ['Kumar', 'Selvam'], gender: 'male' },
    streets: [
      'Royapettah High Road',
      'Kutchery Road',
      'Mandaveli Street',
      'TTK Road',
      'St Mary’s Road',
    ],
  },
];

export const nameOf = ({ name }: Pick<Doctor, 'name'>): string => name.join(' ');
export const doctorName = (doctor: Doctor): string => `Dr. ${nameOf(doctor)}`;
