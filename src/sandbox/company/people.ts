import type { CompanyPerson } from './company.ts'

const BERLIN = 'Europe/Berlin'
const NEW_YORK = 'America/New_York'
const KOLKATA = 'Asia/Kolkata'
const LOS_ANGELES = 'America/Los_Angeles'

/** What stands in profiles beside name and title. */
export const PROFILE_FIELDS = ['Department', 'Location']

const CITIES: Record<string, string> = {
  [BERLIN]: 'Berlin',
  [NEW_YORK]: 'New York',
  [KOLKATA]: 'Kolkata',
  [LOS_ANGELES]: 'Los Angeles',
}

/** Who is away when the workspace opens, so that there is somebody. */
const STATUSES: Record<string, CompanyPerson['status']> = {
  lucia: { emoji: ':palm_tree:', text: 'On holiday', forHours: 6 * 24 },
  sam: { emoji: ':spiral_calendar_pad:', text: 'In a meeting', forHours: 1 },
}

type Row = [handle: string, realName: string, title: string, tz: string]

const team = (name: string, rows: Row[]): CompanyPerson[] =>
  rows.map(([handle, realName, title, tz]) => person(handle, realName, title, name, tz))

/** The first one is who you are when you open the page: a member like most, and no admin. */
export const PEOPLE: CompanyPerson[] = [
  ...team('Platform', [
    ['noor', 'Noor Haddad', 'Backend engineer', BERLIN],
    ['ann', 'Ann Kowalski', 'Release engineer', BERLIN],
    ['kofi', 'Kofi Mensah', 'Site reliability engineer', NEW_YORK],
    ['ingrid', 'Ingrid Solberg', 'Database engineer', BERLIN],
    ['vikram', 'Vikram Iyer', 'Platform lead', KOLKATA],
    ['shreya', 'Shreya Banerjee', 'Backend engineer', KOLKATA],
    ['dwayne', 'Dwayne Carter', 'Security engineer', NEW_YORK],
  ]),
  ...team('Product', [
    ['tomas', 'Tomás Herrera', 'Product manager', LOS_ANGELES],
    ['mei', 'Mei Lin Zhou', 'Frontend engineer', LOS_ANGELES],
    ['bram', 'Bram de Vries', 'Frontend engineer', BERLIN],
    ['aisha', 'Aisha Rahman', 'Product lead', NEW_YORK],
    ['joon', 'Joon-ho Park', 'Mobile engineer', LOS_ANGELES],
    ['ritu', 'Ritu Sharma', 'Test engineer', KOLKATA],
    ['callum', 'Callum Reid', 'Mobile engineer', BERLIN],
  ]),
  ...team('Design', [
    ['lena', 'Lena Hoffmann', 'Design lead', BERLIN],
    ['dede', 'Dede Adeyemi', 'Product designer', NEW_YORK],
    ['yuki', 'Yuki Tanabe', 'Illustrator', LOS_ANGELES],
    ['farah', 'Farah Aziz', 'User researcher', KOLKATA],
    ['mateo', 'Mateo Ruiz', 'Content designer', LOS_ANGELES],
  ]),
  ...team('Customer care', [
    ['grace', 'Grace Okafor', 'Head of customer care', NEW_YORK],
    ['sam', 'Sam Whitaker', 'Support specialist', NEW_YORK],
    ['priya', 'Priya Nair', 'Support specialist', KOLKATA],
    ['oleh', 'Oleh Shevchenko', 'Support engineer', BERLIN],
    ['lucia', 'Lucia Ferrari', 'Onboarding specialist', BERLIN],
    ['marcus', 'Marcus Bell', 'Support specialist', LOS_ANGELES],
    ['anjali', 'Anjali Deshmukh', 'Support specialist', KOLKATA],
  ]),
  ...team('Growth', [
    ['hana', 'Hana Novák', 'Marketing lead', BERLIN],
    ['diego', 'Diego Morales', 'Account executive', LOS_ANGELES],
    ['chidi', 'Chidi Eze', 'Partnerships', NEW_YORK],
    ['sofie', 'Sofie Lindqvist', 'Copywriter', BERLIN],
    ['arjun', 'Arjun Patel', 'Data analyst', KOLKATA],
    ['tess', 'Tess Moreau', 'Events', NEW_YORK],
  ]),
  ...team('Operations', [
    ['ruth', 'Ruth Abramson', 'Finance', NEW_YORK],
    ['emre', 'Emre Yıldız', 'Office and IT', BERLIN],
    ['leilani', 'Leilani Kahale', 'Recruiting', LOS_ANGELES],
  ]),
  { ...person('margit', 'Margit Szabó', 'Founder', 'Operations', BERLIN), isAdmin: true, isOwner: true },
  { ...person('jonah', 'Jonah Weiss', 'People operations', 'Operations', NEW_YORK), isAdmin: true },
  { ...person('paulo', 'Paulo Siqueira', 'Brand consultant', '', LOS_ANGELES), kind: 'guest' },
  { ...person('wren', 'Wren Gallagher', 'Accessibility consultant', '', NEW_YORK), kind: 'guest' },
  { ...person('nils', 'Nils Bergman', 'Photographer', '', BERLIN), kind: 'single-channel guest' },
  { ...person('ottoline', 'Ottoline Frey', 'Print manager at Inkwell', '', BERLIN), kind: 'stranger' },
  { ...person('piotr', 'Piotr Zieliński', 'Backend engineer', 'Platform', BERLIN), kind: 'deactivated' },
  { ...person('shipbot', 'Shipbot', 'Announces releases', '', BERLIN), kind: 'bot' },
]

function person(handle: string, realName: string, title: string, team: string, tz: string): CompanyPerson {
  const status = STATUSES[handle]
  const fields = { Department: team, Location: CITIES[tz] ?? '' }
  return { handle, realName, title, team, tz, fields, ...(status && { status }) }
}
