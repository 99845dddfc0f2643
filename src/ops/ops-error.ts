/** What the operator can mend: shown as it is, without a stack. */
export class OpsError extends Error {}
