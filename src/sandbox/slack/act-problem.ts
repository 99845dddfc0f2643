/** Why a person can't do what they tried, in a sentence they would see. The app is not asked. */
export class ActProblem extends Error {}
