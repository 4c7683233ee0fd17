// Names that are one name: short forms and forms of it in other languages, and romanisations of one Chinese or Korean
// character. One line is one class; a name may stand in several. General knowledge; each feed's own are learned from its
// certain links (learn-variants.ts).

const givenNames = `
abdullah abdallah abdulla
abigail abby gail abi
abraham abe avraham ibrahim
adam adem
adriana adrienne ana
agnieszka aga agnes agnes ines
albert al bert alberto adalbert
alexander alex al sandy xander sasha alec alexandre alejandro aleksandr aleksander alessandro oleksandr iskander lex ale alexandros
alexandra alex sandra sasha sandy alexa lexi alejandra aleksandra alessandra oleksandra ola
alexei alexey aleksei aleksey oleksiy alex alyosha alexis
alfred al fred freddie alfredo alf
alice ali alicia allie elise
alison allie ali
amanda mandy manda
andrew andy drew andreas andre andrea andres andrei andrey andrzej andriy anders ondrej
anastasia anastasiya nastya stacy ana stasia
angela angie angelika angelina
ann anna anne annie anni nan nancy ania anya hannah hanna annette anita ana anneke
anthony tony antonio anton antoine ant antoni toon antonius
antonia toni tonia
arthur art artie artur arturo
barbara barb barbie babs basia varvara
beatrice bea bee trixie beatriz beatrix
benjamin ben benny benji benjamin beniamin
bernard bernie bernhard bernardo barney
beverly bev
bradley brad
brandon bran
brian bryan bri
brigitte britta birgit bridget gitte
cameron cam
carol caroline carolyn carrie carolina karoline karolina lina caro
catherine katherine kathryn kathleen cathy kathy kate katie kat kay kitty cat katharina katarina katarzyna kasia ekaterina yekaterina katya catarina catalina kata karin katrin katja kasia kateryna
cecilia cece celia cecile
charles charlie chuck chas carl karl carlos carlo karol karel chaz charly
charlotte lottie charlie lotte carlota
christian chris kristian cristian
christina christine chris chrissy tina kristina kristin kirsten cristina kris christa krystyna
christopher chris kit topher cristobal christoph christophe krzysztof kris kristof
claudia claude
clifford cliff
cornelis kees cor cornelius
curtis curt
cynthia cindy cyndi
daniel dan danny dani danilo danyal
danielle dani daniela
david dave davey davy dawid daoud dawud davide
deborah deb debbie debra debora
dennis denny den denis
diana di diane dianne
dmitri dmitry dmitriy dmytro dima mitya dimitri dimitrios
dolores lola
dominic dom nick dominik dominique domenico
donald don donnie donny
donna
dorothy dot dottie dorothea dora dotty dolly dodie
douglas doug
edward ed eddie ned ted teddy eduardo eduard edouard edoardo
edwin ed eddie
eleanor ellie nell nora elena leonor lenore elinor
elena helena yelena olena helen helene lena ellen ilona
elizabeth liz lizzie beth betty betsy eliza liza elisabeth elsie libby bess lisa lise elise ella isabel elzbieta ela elisabetta bette lilibet els bettina
emily em emmy emilia emilie
emma em emmy
enrique quique kike henry heinrich hendrik henri henryk enrico harry hank hal henk rik heinz enzo
ernest ernie ernst ernesto
eugene gene evgeny yevgeny evgeni yevgeniy yevhen eugenio eugen zhenya
evelyn eve evie eveline
eva eve ewa evita
fatima fatma fatimah fatemeh
felix
florence flo flossie florencia
frances fran fanny frankie francesca francisca franziska francoise paquita
francis frank francisco paco pancho franz francesco francois frankie franciszek curro kiko cisco frans
franklin frank
frederick fred freddie fredrick frederic friedrich federico fritz fryderyk frederik
gabriel gabe gabi
gabriela gabi gabrielle gaby
geoffrey jeffrey jeff geoff gottfried
george georgie georg jorge giorgio georges jerzy jurek yuri yury yuriy youri juri jiri georgios
gerald gerry jerry gerard gerhard gerardo
gertrude trudy gert
gloria
grace gracie
gregory greg gregor grzegorz grigori grigory hryhoriy gregorio
gunter guenter guenther gunther
guadalupe lupe lupita
gwendolyn gwen
hans johann johannes
harold harry hal harald
harriet hattie
heather
herbert herb bert heribert
howard howie
hugh hugo huey
ignacio nacho ignatius
irene rena irina iryna ira
isaac ike izaak
isabel isabella isabelle bella izzy ysabel izabela belle
jacob jake jakob jakub jacobo jay yakov jack jacques
jacqueline jackie jacquelyn
james jim jimmy jamie jimmie diego santiago jaime jacques jaap
jan john johannes hans jean johan giovanni janek
jane janie jenny jean janet jana
janet jan janice
jason jay jase
jennifer jen jenny jenn jenna
jeremy jerry jem jeremiah
jerome jerry hieronim
jessica jess jessie jesse
jesus chuy chucho
joan joanie joanna joanne johanna jo joana asia
johann johannes hans jan hannes
john johnny jack jon jonny johnnie juan jean johann johannes ivan giovanni ian sean evan joao jan yahya ioannis hans
jonathan jon jonny john nathan
joseph joe joey jose josef giuseppe jozef pepe yosef yusuf youssef josip osip jos sepp
josefina josephine josie jo pepita fina
joshua josh
joyce joy
judith judy jude judi
julia julie jules juliana giulia yulia yuliya iuliia juliane
julian jules julien juliano
jurgen juergen jorg joerg
katherine katie kate kathy
kenneth ken kenny
kevin kev
khadija khadijah hadija
kimberly kim kimmy
konstantin kostya constantine
laura laurie lauren lori larisa
lawrence larry laurence lars lorenzo laurent lorenz laurie
leila layla laila leyla
leonard leo len lenny leonardo leonhard
leonid leo lenya
leslie les lesley
lewis lew louis lou luis ludwig luigi louie luiz
lillian lily lil lilian
linda lindy lin
louise lou luise luisa lulu
lucy lucia lucie luz lucille
luke lucas lukas lukasz luca luc luka
madeline maddie madeleine magdalena maddy
magdalena magda lena madeleine
malgorzata margaret gosia margarete
manuel manny manolo emanuel immanuel manu
marcus marc mark marco markus marek marcos marcin
margaret maggie meg peg peggy marge margie greta rita marguerite margarita margarete daisy gretchen madge malgorzata margherita grit margit grete
maria mary marie mari mia mimi molly polly maryam mariam miriam marija mariya marina marysia maryja conchita marika ria moira
martha marty marta mattie
martin marty martijn marcin martino
matthew matt matty mateo matthias mathias matteo mateusz matvei mathieu matthieu matthijs
maurice mo moe mauricio moritz maurizio
maximilian max maksymilian
megan meg meggie
melissa mel missy lissa
mercedes meche merche
michael mike mick mickey mikey mitch miguel michel mikhail michal mykhailo misha michele micah mihail maikel mihai
michelle shelly micki michele chelle
mikolaj nicholas
mildred millie
mohammed mohammad muhammad mohamed mohamad muhammed mohamud mehmet mohd mo muhamad mahomed
monica monika moni
mustafa mostafa moustafa
nancy nan
natalia natalie natasha natalya nataliya nat natali nataliia
nathan nate nat nathaniel
nathaniel nate nat nathan
nicholas nick nicky nicolas nikolai nikolay nikolaus klaus claus mykola niko nico mikolaj nicola niklas kolya nikolaos
nicole nikki nicky nicola
norman norm
oliver ollie olivier oliwier
olivia liv livvy livia
omar umar omer
osman othman uthman usman
oscar oskar ozzie
pamela pam pammy
patricia pat patty tricia trish patsy patrizia
patrick pat paddy patricio patrice rick
paul pablo pavel paulo paolo pawel pauli pavlo
paula pauline paulina polly pavla
pedro peter pete petr pyotr pierre piotr petro pietro pieter piet peer petros
penelope penny
petra piera
philip phil phillip felipe philipp pip philippe filip filippo
rachel rae raquel rachael shelly
ralph raul raoul rafe ralf
raymond ray raimund ramon raimundo
rafael rafa raphael rafal raffaele
rebecca becky becca reba rebekka rivka
reginald reg reggie
renate nate reni
richard rick dick rich ricky richie ricardo riccardo ryszard rik
robert rob bob bobby robbie bert roberto rupert robin
roberta bobbie robbie
rodney rod
roger rog rodger rogelio
roland rollie rolando
ronald ron ronnie ronny ronaldo
rose rosa rosie rosalie roza
rosemary rose rosie romy
roxanne roxy
roy
russell russ rusty
salma selma salmah
samantha sam sammy
samuel sam sammy sami samuele
sandra sandy
sarah sally sara sadie sallie
scott scotty
sebastian seb bastian sebastien
sergei sergey serge sergio serhiy sergej
sharon shari
shirley shirl
stanislav stan stanislaw stas stanislas
stanley stan
stefan stephen steven steve stevie esteban stephan szczepan stefano stepan etienne
stephanie steph stefanie stefania
suleiman solomon sulayman suleyman
susan sue susie suzy suzanne susanna susana susanne zuzanna sanne
svetlana sveta svitlana
sylvia silvia sylvie
tatiana tatyana tanya tania tetiana tatjana
teresa theresa terry tess tessa terri therese teresita
terence terry terrence
theodore ted teddy theo fyodor fedor teodoro theodor fjodor
thomas tom tommy tomas thom tomasz tommaso tommie
timothy tim timmy timo timoteo
valerie val valeria
vanessa nessa
veronica ronnie vera veronika weronika
victor vic viktor vittorio wiktor
victoria vicky tori vicki viktoria vika wiktoria
vincent vince vinny vicente vincenzo wincenty
virginia ginny ginger
vladimir vova volodymyr vlad volodya wladimir
walter walt wally walther
wilhelm william willy willem guillermo guillaume guglielmo vilhelm wim memo
wilhelmina mina willie minnie
william bill billy will willie liam willy
wojciech wojtek adalbert
yusuf youssef yousef yousif josef
zachary zach zack zak
zaynab zainab zeinab zeynep
`;

const chinese = `
wang wong ong heng
li lee lei
zhang cheung chang teo chong tjong cheong
liu lau low liew lou
chen chan tan chin tran
yang yeung yeoh young
zhao chiu chao teo chew
huang wong ng hwang oei
zhou chow chau chou chew
wu ng goh woo
xu tsui hsu chui hui
sun suen
hu wu woo
zhu chu choo
gao ko kao go
lin lam lim
he ho
guo kwok kuo quek kwek
ma mah
luo law lo lor
liang leung neo leong
song sung soong
zheng cheng tay teh chang
xie tse hsieh chia
han hon
tang tong
feng fung
yu yue yee
dong tung
xiao siu hsiao
cheng ching
cao tso tsao chow
yuan yuen
deng tang teng
fu foo fok
shen sum shum sim
zeng tsang chan
peng pang
lu lui loo luk
jiang kong chiang keung
cai choi tsai chua choy
jia ka
ding ting
wei ngai wai
xue sit hsueh
ye yip yeh
yan yim ngan
pan poon
du to tu dou
dai tai
xia ha hsia
zhong chung
tian tin
ren yam
fang fong
shi shek sze shih
yao yiu
tan tam
liao liu lew
zou chau
xiong hung
jin kam gum chin
kong hung
bai pak pai
cui tsui
kang hong
mao mo
qiu yau khoo chiu
qin chun tsun chin
gu ku koo
hou hau
shao shiu
meng mang
long lung
wan man
duan tuen
qian chin chien
hong hung ang
gong kung
su so soh
fan fan
`;

const korean = `
kim gim
lee yi rhee li ri
park pak bak
choi choe
jung jeong chung jong cheong
kang gang
cho jo
yoon yun
jang chang
lim im rim yim
oh o
seo suh so
shin sin
kwon gwon
ahn an
yoo yu ryu yoo ryoo
jeon chun jun chon
ko go koh
moon mun
bae pae
baek paik
heo huh hur
noh roh no
kwak gwak
sung seong
joo ju chu
woo wu u
koo gu ku
ryu ryoo yoo
`;

/** Class numbers of each name. */
const classesOf = new Map<string, number[]>();
`${givenNames}${chinese}${korean}`
  .trim()
  .split('\n')
  .forEach((line, number) => {
    for (const name of new Set(line.split(' '))) classesOf.set(name, [...(classesOf.get(name) ?? []), number]);
  });

const none: readonly number[] = [];

export const variantClasses = (name: string): readonly number[] => classesOf.get(name) ?? none;
