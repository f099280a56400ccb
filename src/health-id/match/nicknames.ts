// nicknames: given names that one person goes by, in Latin letters.

/** The name all of its family of names is known by here: `bob` and `robert` are both `robert`; others are themselves. */
export const fullNameOf = (given: string): string => known.get(given) ?? given;

/**
 * The full name, then what it is shortened to. A short form of several names stands with the commonest. Names that other languages
 * have for the same saint are no short forms: José and Yusuf are two people.
 */
const families = `
abdul abdullah abdulla
abigail abby gail
alexander alex sasha aleksandr alejandro xander
alexandra sandra alexa
andrew andy drew andrei andreas
anthony tony antonio anton
barbara barb babs
benjamin ben benny
catherine katherine kathryn kate katie kathy cathy cat katya ekaterina
charles charlie chuck
christina christine tina chris
christopher topher kit
daniel dan danny
david dave davy
deborah debbie deb
dmitry dmitri dima
dorothy dot dottie
edward ed eddie ted ned
elizabeth liz beth betty eliza lisa libby elsie bess
frances fran fanny
francis frank frankie francisco paco
frederick fred freddie
geoffrey jeffrey geoff jeff
george georgie
gregory greg
guadalupe lupe
harold harry hal
helen nell nellie elena
henry hank
isabella isabel bella izzy
jacob jake jakob
james jim jimmy jamie
jennifer jenny jen
jessica jess jessie
john jack johnny jon
jonathan jonny
joseph joe joey jose pepe
joshua josh
judith judy
kenneth ken kenny
kimberly kim
lawrence larry lawrie
leonard len lenny leo
manuel manny
margaret maggie meg peggy marge rita
maria mary marie molly polly
matthew matt mathew
michael mike mick mickey mikhail mikey
mohammed mohammad muhammad mohamed mohd md
natalia natasha natalie
nicholas nick nicky nicolas nikolai
pamela pam
patricia pat patty trish tricia
patrick paddy
peter pete
philip phil
priyanka priya pinky
raymond ray
rebecca becky becca
richard rick dick rich ricky
robert bob rob bobby robbie bert roberto
ronald ron ronnie
samuel sam sammy
stephen steven steve stevie
subramaniam subramanian subbu mani
susan sue susie suzanne
suresh suri
theodore theo
theresa teresa terry tess
thomas tom tommy tomas
timothy tim timmy
venkatesh venkat venky
victoria vicky tori
vladimir volodya vova
william bill will billy willie liam
zachary zach zack
`;

const known: ReadonlyMap<string, string> = new Map(
  families
    .trim()
    .split('\n')
    .flatMap((line) => {
      const names = line.split(' ');
      return names.map((name) => [name, names[0]!] as const);
    }),
);
