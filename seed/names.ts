// Names: people of several languages of India, in Latin letters and in their own script.

import type { Random } from './random.ts';

/** In Latin letters, and as the person writes it. */
export type Spelled = readonly [latin: string, own: string];

export interface Community {
  /** BCP 47. */
  readonly language: string;
  readonly display: string;
  readonly family: readonly Spelled[];
  readonly female: readonly Spelled[];
  readonly male: readonly Spelled[];
}

const pairs = (words: string): readonly Spelled[] =>
  words.split(', ').map((word) => word.split(' ') as unknown as Spelled);

export const communities: readonly Community[] = [
  {
    ...{ language: 'hi', display: 'Hindi' },
    family: pairs(
      'Verma वर्मा, Tiwari तिवारी, Saxena सक्सेना, Yadav यादव, Mishra मिश्रा, Chauhan चौहान, Agarwal अग्रवाल, Srivastava श्रीवास्तव',
    ),
    female: pairs(
      'Sunita सुनीता, Kavita कविता, Neha नेहा, Pooja पूजा, Shanti शांति, Aarti आरती, Meena मीना',
    ),
    male: pairs(
      'Rajesh राजेश, Amit अमित, Suresh सुरेश, Vivek विवेक, Manoj मनोज, Rohit रोहित, Deepak दीपक',
    ),
  },
  {
    ...{ language: 'mr', display: 'Marathi' },
    family: pairs(
      'Jadhav जाधव, Pawar पवार, Shinde शिंदे, Gokhale गोखले, Bhosale भोसले, Kadam कदम, Joshi जोशी, Sawant सावंत',
    ),
    female: pairs(
      'Vaishali वैशाली, Snehal स्नेहल, Manisha मनीषा, Ashwini अश्विनी, Rekha रेखा, Mrunal मृणाल',
    ),
    male: pairs('Sachin सचिन, Nilesh नीलेश, Prashant प्रशांत, Ganesh गणेश, Sandeep संदीप, Tushar तुषार'),
  },
  {
    ...{ language: 'ta', display: 'Tamil' },
    family: pairs(
      'Subramanian சுப்பிரமணியன், Murugan முருகன், Rajan ராஜன், Natarajan நடராஜன், Selvam செல்வம், Chandran சந்திரன், Palani பழனி',
    ),
    female: pairs(
      'Meenakshi மீனாட்சி, Kalaivani கலைவாணி, Revathi ரேவதி, Kavitha கவிதா, Malathi மாலதி, Devi தேவி',
    ),
    male: pairs(
      'Karthik கார்த்திக், Senthil செந்தில், Arun அருண், Vignesh விக்னேஷ், Prakash பிரகாஷ், Kumaran குமரன்',
    ),
  },
  {
    ...{ language: 'te', display: 'Telugu' },
    family: pairs(
      'Reddy రెడ్డి, Rao రావు, Naidu నాయుడు, Chowdary చౌదరి, Prasad ప్రసాద్, Varma వర్మ, Raju రాజు',
    ),
    female: pairs('Padma పద్మ, Swathi స్వాతి, Sravani శ్రావణి, Anusha అనూష, Jyothi జ్యోతి, Bhavani భవాని'),
    male: pairs('Venkatesh వెంకటేష్, Srinivas శ్రీనివాస్, Ravi రవి, Kiran కిరణ్, Naresh నరేష్, Mahesh మహేష్'),
  },
  {
    ...{ language: 'kn', display: 'Kannada' },
    family: pairs(
      'Gowda ಗೌಡ, Hegde ಹೆಗ್ಡೆ, Shetty ಶೆಟ್ಟಿ, Bhat ಭಟ್, Kulal ಕುಲಾಲ್, Murthy ಮೂರ್ತಿ, Poojary ಪೂಜಾರಿ',
    ),
    female: pairs('Shwetha ಶ್ವೇತಾ, Bhavya ಭವ್ಯಾ, Sumathi ಸುಮತಿ, Vidya ವಿದ್ಯಾ, Geetha ಗೀತಾ, Roopa ರೂಪಾ'),
    male: pairs(
      'Manjunath ಮಂಜುನಾಥ್, Basavaraj ಬಸವರಾಜ್, Girish ಗಿರೀಶ್, Harish ಹರೀಶ್, Raghavendra ರಾಘವೇಂದ್ರ, Umesh ಉಮೇಶ್',
    ),
  },
  {
    ...{ language: 'bn', display: 'Bengali' },
    family: pairs(
      'Banerjee ব্যানার্জী, Ghosh ঘোষ, Mondal মণ্ডল, Sen সেন, Chatterjee চ্যাটার্জী, Biswas বিশ্বাস, Dutta দত্ত',
    ),
    female: pairs(
      'Moumita মৌমিতা, Sharmila শর্মিলা, Ananya অনন্যা, Rupa রূপা, Debjani দেবযানী, Tanushree তনুশ্রী',
    ),
    male: pairs(
      'Sourav সৌরভ, Subhash সুভাষ, Anirban অনির্বাণ, Debashis দেবাশিস, Partha পার্থ, Tapan তপন',
    ),
  },
  {
    ...{ language: 'ml', display: 'Malayalam' },
    family: pairs(
      'Menon മേനോൻ, Pillai പിള്ള, Kurian കുര്യൻ, Varghese വർഗീസ്, Nambiar നമ്പ്യാർ, Thomas തോമസ്',
    ),
    female: pairs('Lekha ലേഖ, Asha ആശ, Sreedevi ശ്രീദേവി, Bindu ബിന്ദു, Anjana അഞ്ജന, Mary മേരി'),
    male: pairs(
      'Biju ബിജു, Unnikrishnan ഉണ്ണികൃഷ്ണൻ, Jacob ജേക്കബ്, Rajeev രാജീവ്, Suresh സുരേഷ്, Vinod വിനോദ്',
    ),
  },
  {
    ...{ language: 'ur', display: 'Urdu' },
    family: pairs('Khan خان, Ansari انصاری, Qureshi قریشی, Siddiqui صدیقی, Sheikh شیخ, Mirza مرزا'),
    female: pairs(
      'Ayesha عائشہ, Zainab زینب, Nasreen نسرین, Rukhsana رخسانہ, Sana ثنا, Shabana شبانہ',
    ),
    male: pairs('Imran عمران, Salim سلیم, Arif عارف, Faisal فیصل, Yusuf یوسف, Tariq طارق'),
  },
];

export interface Named {
  readonly community: Community;
  readonly family: Spelled;
  readonly given: Spelled;
}

export const namedFrom = (
  community: Community,
  gender: 'female' | 'male',
  random: Random,
): Named => ({
  ...{ community, family: random.pick(community.family), given: random.pick(community[gender]) },
});

export const latinName = ({ family, given }: Named): string => `${given[0]} ${family[0]}`;
