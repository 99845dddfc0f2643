import { sql } from 'kysely'
import type { Tenant } from '../../src/platform/database.ts'
import { naturalId } from '../../src/platform/natural-key.ts'
import type { Happened } from './happened.ts'

/** Stores rounds and prompts as they happened, in the tables the digest counts. */
export async function storeTogether(
  { trx, workspaceId: workspace_id }: Tenant,
  { rounds, posts }: Pick<Happened, 'rounds' | 'posts'>,
): Promise<void> {
  const inOrder = [...rounds].sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
  for (const [index, { openedAt, gap, pairings }] of inOrder.entries()) {
    const number = index + 1
    const round_id = naturalId('round', workspace_id, String(number))
    await trx
      .insertInto('round')
      .values({
        ...{ workspace_id, id: round_id, date: String(number), state: 'closed', number, people: 0, wave: 1 },
        ...{ opened_at: openedAt, closes_at: openedAt, expected: gap?.expected ?? null, was: gap?.was ?? null },
      })
      .execute()
    for (const [place, { shown, introducedAt, people }] of pairings.entries()) {
      const pairing_id = naturalId('pairing', round_id, String(place))
      await trx
        .insertInto('pairing')
        .values({
          ...{ workspace_id, id: pairing_id, round_id, number, wave: 1, state: introducedAt ? 'introduced' : 'over' },
          ...{ answer_by: openedAt, shown_at: shown ? openedAt : null, introduced_at: introducedAt },
        })
        .execute()
      await trx
        .insertInto('pairing_member')
        .values(
          people.map(({ id, answer, outcome }) => ({
            workspace_id,
            pairing_id,
            member_id: id,
            number,
            answer,
            outcome,
          })),
        )
        .execute()
    }
  }
  for (const [index, { prompt, dueAt, answered, removed, done }] of posts.entries()) {
    const post_id = naturalId('post', workspace_id, String(index))
    await sql`
      insert into prompt_post (workspace_id, id, channel_id, week, due_at, state, prompt_id, text, language)
      values (${workspace_id}, ${post_id}, ${`C${index}`}, '2026-W40', ${dueAt}, 'posted', ${prompt}, ${`Prompt ${prompt}`},
        'en')`.execute(trx)
    for (const member of answered) {
      await sql`
        insert into prompt_answer (workspace_id, id, post_id, member_id, text, answered_at, removed_at, state)
        values (${workspace_id}, ${naturalId('answer', post_id, member)}, ${post_id}, ${member}, 'words', ${dueAt},
          ${removed.includes(member) ? dueAt : null}, 'sent')`.execute(trx)
    }
    for (const member_id of done) {
      await trx.insertInto('prompt_done').values({ workspace_id, post_id, member_id, done_at: dueAt }).execute()
    }
  }
}
