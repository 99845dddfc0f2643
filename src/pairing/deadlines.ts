/** Until when a proposal can be answered, and when somebody is reminded of it. */
import { tellingTime, tellingTimeIn } from './schedule.ts'
import { afterWorking, lastWorking, nextWorking, type Worker } from './working-hours.ts'

/** A proposal leaves at least so much of everybody's own working time. */
export const MINUTES_TO_ANSWER = 8 * 60
/** A message may be this late without moving anything: sending a whole round takes a while. */
const LATE_MS = 15 * 60_000
const HOUR_MS = 3_600_000

/** The first telling time at which everybody has had time to answer what they get at `sent`, or in their next hours. */
export function earliestEnd(zone: string, workers: Worker[], sent: Date): Date {
  const ends = workers.map((worker) => afterWorking(worker, nextWorking(worker, sent), MINUTES_TO_ANSWER).getTime())
  return tellingTime(zone, new Date(Math.max(...ends) - LATE_MS))
}

/**
 * Until when a proposal of the first wave can be answered: as long as may be, with a working day left before the round
 * closes, so that who is free then can be asked once more.
 */
export function firstEnd(zone: string, workers: Worker[], opened: Date, closes: Date): Date {
  const dayBefore = tellingTimeIn(zone, closes, -1)
  const earliest = earliestEnd(zone, workers, opened)
  return earliest > dayBefore ? earliest : dayBefore
}

/** Until when a later proposal can be answered; null when not everybody would have the time. */
export function laterEnd(zone: string, workers: Worker[], sent: Date, closes: Date): Date | null {
  return earliestEnd(zone, workers, sent) > closes ? null : closes
}

/** When to remind somebody who got a proposal at `sent`: near its end, in their working hours; null when it is too near. */
export function reminderTime(worker: Worker, sent: Date, answerBy: Date): Date | null {
  const last = lastWorking(worker, sent, new Date(answerBy.getTime() - 2 * HOUR_MS))
  if (!last) return null
  // Not in the last minutes of a day, when it would wait for the next one; nor before a short day has begun.
  const at = nextWorking(worker, new Date(last.getTime() - HOUR_MS / 2))
  return at.getTime() - sent.getTime() >= 3 * HOUR_MS ? at : null
}
