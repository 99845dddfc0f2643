/** Questions to begin with: answered in a sentence or in a quarter of an hour, and by anybody. */
import { seededRandom } from '../platform/random.ts'

const QUESTIONS = [
  'What is something small that went well for you this week?',
  'What are you working on right now that you would like to tell somebody about?',
  'What did you learn lately that surprised you?',
  'What does a good day look like in your job?',
  'Which part of your work do people outside your team not know about?',
  'Who helped you lately, and how?',
  'What would you like to be asked more often?',
  'How did you come to do what you do here?',
  'What was your first week in this company like?',
  'Which habit makes your working day better?',
  'What is the best advice you got from a coworker?',
  'What do you do differently from a year ago?',
  'Which question are you turning over at the moment?',
  'What would you try if you had a free week for it?',
  'What do you like about where you work from?',
  'What is a small thing that somebody could do to make your week easier?',
  'Which tool or trick do you wish you had known earlier?',
  'What did you enjoy as a child that you still enjoy?',
  'What are you looking forward to?',
  'Which book, film, song or game has stayed with you lately?',
  'What is worth seeing where you live?',
  'What do you cook, or order, when nobody is watching?',
  'Which skill would you like to have overnight?',
  'What makes you laugh at work?',
  'Which meeting would you keep if you could keep only one?',
  'What is something you changed your mind about?',
  'What are people here good at that they do not notice?',
  'Which small act of a coworker do you still remember?',
  'What do you do to come to rest after a long day?',
  'What would your team say you are the right person to ask about?',
]

/** A question for a pairing, the same whenever it is asked for. */
export const questionFor = (pairingId: string): string =>
  QUESTIONS[seededRandom(pairingId).below(QUESTIONS.length)] ?? ''
