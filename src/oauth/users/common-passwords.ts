// Common passwords: what people choose first when twelve characters are asked for, and the stems others are built on.
// https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver

/** Refused as they are, in any case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678901234 123456789123 123123123123 112233445566 121212121212
  111111111111 000000000000 987654321098 0987654321098 012345678910 102030405060 147258369147
  qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyqwerty qwerty123456 qwerty1234567 1q2w3e4r5t6y 1qaz2wsx3edc
  1q2w3e4r5t6y7u qazwsxedcrfv zaq12wsxcde3 asdfghjkl123 asdfasdfasdf zxcvbnm12345 abcdefghijkl abcdef123456
  abcd12345678 abc123abc123 a1b2c3d4e5f6 q1w2e3r4t5y6 passwordpassword password1234 password12345 password123456
  password1234567 passw0rd1234 p@ssw0rd1234 p@ssword1234 pass1234pass welcome12345 welcome123456 welcome@1234
  changeme1234 changemenow1 changemenow! letmein12345 letmeinplease letmeinnow12 administrator administrator1
  admin1234567 admin12345678 adminadminadmin adminadmin12 superadmin123 iloveyou1234 iloveyou12345 iloveyouforever
  iloveyousomuch trustno1trustno1 football1234 baseball1234 basketball12 liverpoolfc1 manchester12 superman1234
  spiderman123 batman123456 pokemon12345 starwars1234 princess1234 sunshine1234 sunshine12345 monkey123456
  dragon123456 master123456 shadow123456 michael12345 jennifer1234 charlie12345 computer1234 internet1234
  whatever1234 freedom12345 summer202400 winter202400 spring202500 summer202500 winter202500 correcthorsebatterystaple
  hospital1234 hospital12345 hospital2024 hospital2025 hospital2026 doctordoctor nursenurse12 medicine1234
  healthcare12 healthcare123 healthcare1! patient12345 meridian1234 meridian12345 meridian2026 meridianmeridian
  secret123456 secretsecret test12345678 testtesttest test1234test login1234567 guest1234567 default12345
  mypassword12 mypassword123 thisismypassword notapassword nopassword12 mynameis1234 helloworld12 helloworld123
  hello1234567 hellohello12 google123456 facebook1234 whatsapp1234 samsung12345 apple1234567 microsoft123
  poiuytrewq12 mnbvcxz12345 !@#$%^&*()_+ qwer1234asdf asdf1234qwer qweasdzxc123 zxcasdqwe123 159753159753
  741852963741 963852741963 789456123789 456789123456 102938475610 191919191919 131313131313 777777777777`.split(
    /\s+/,
  ),
);
