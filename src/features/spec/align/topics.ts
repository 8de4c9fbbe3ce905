/**
 * @module features/spec/align/topics
 * The topics that specs call by different names. Words of one topic count as partly the same word.
 */
import { itemsUnder, putUnder } from '../../../spec/groups.ts';
import { stemOf } from './words.ts';

/** A topic's name, and words that specs use for it. */
const TOPICS: Readonly<Record<string, string>> = {
  honesty:
    'honest honesty dishonest truth truthful untruthful lie lies lying liar deceive deception deceptive mislead misleading falsehood forthright candid',
  sycophancy: 'sycophancy sycophantic flatter flattery praise pander please approval',
  uncertainty:
    'uncertain uncertainty confidence confident calibrated calibration hedge hedging unsure likelihood doubt',
  balance:
    'balanced neutral neutrality objective impartial even-handed perspective viewpoint contested controversial polarizing sides opinion agenda bias biased',
  fairness:
    'fair fairly fairness discriminate discrimination prejudice stereotype equal equally bias gender race religion disability',
  privacy: 'privacy private personal surveillance doxx identify dossier stalk',
  secrecy:
    'confidential confidentiality secret privileged hidden conceal leak confidences undisclosed',
  minors: 'minor child children teen teenager csam underage young kid',
  weapons:
    'weapon chemical biological nuclear radiological cbrn explosive casualty uplift pathogen',
  crisis: 'suicide suicidal crisis emergency hotline overdose danger imminent',
  'self-harm': 'suicide suicidal harm self eating disorder crisis hotline despair',
  sexual: 'sexual sexually erotic erotica explicit nudity pornography csam',
  crime: 'illicit illegal unlawful crime criminal fraud theft drug trafficking law',
  extremism: 'extremist extremism terrorist terrorism violent radicalize propaganda',
  hate: 'hate hateful slur demean dehumanize harass harassment abuse abusive insult',
  manipulation:
    'manipulate manipulation manipulative persuade persuasion coerce pressure exploit guilt',
  quoted: 'quoted untrusted injection embedded pasted attachment retrieved',
  precedence:
    'precedence override overrides priority hierarchy conflict authority command supersede principal',
  autonomy:
    'autonomy autonomous agent agentic delegate scope task resources shutdown oversight power',
  reversibility: 'irreversible reversible undo undone destructive delete side effect',
  clarification: 'clarify clarifying ambiguous ambiguity ask question assumption',
  refusal: 'refuse refusal decline refusing judgmental preachy moralize lecture',
  advice:
    'advice advise medical legal financial doctor lawyer professional regulated diagnosis prescribe',
  fiction:
    'fiction fictional creative creativity story poem character roleplay poetry novel writer',
  form: 'format formatting length tone markdown concise verbose list heading style brevity',
  voice: 'voice audio spoken accent interrupt speech',
  accuracy: 'error mistake accurate accuracy correct verify check factual calculation',
  persona: 'persona human ai identity pretend impersonate',
  dependence:
    'dependence reliance isolate relationship companionship connection loneliness autonomy',
  infrastructure:
    'infrastructure grid water financial critical attack cyber cyberweapon malware malicious exploit',
  copyright: 'copyright copyrighted creator intellectual property license plagiarize',
  politics: 'political politics election voter candidate campaign democratic democracy regime',
  wellbeing: 'wellbeing mental health emotional feelings support empathy compassion warm kind',
  intent: 'intent intention intentions motive benign legitimate plausible charitable suspicion',
};

const TOPICS_OF = new Map<string, string[]>();
for (const [topic, words] of Object.entries(TOPICS)) {
  for (const stem of new Set(words.split(' ').map(stemOf))) putUnder(TOPICS_OF, stem, topic);
}

/** The topics that a stem belongs to. */
export function topicsOf(stem: string): readonly string[] {
  return itemsUnder(TOPICS_OF, stem);
}
