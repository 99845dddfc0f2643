/** The names of what the queue runs, and of what people click, each the same word in the log. */
export const OPEN = 'pairing.open'
export const SETTLE = 'pairing.settle'
export const SEND = 'pairing.send'
export const REDRAW = 'pairing.redraw'
export const OUTLOOK = 'pairing.outlook'

export interface OpenJob {
  workspaceId: string
  date: string
}

/** Of settling: a round. */
export interface RoundJob {
  workspaceId: string
  roundId: string
}

/** Of sending and redrawing: a row of the ledger. */
export interface MessageJob {
  workspaceId: string
  messageId: string
}
