import type { SlackView } from './state.ts'
import type { World } from './world.ts'

/** A view as payloads and the Web API tell it, with what the person has set in it. */
export function viewJson(
  { state }: World,
  { id, hash, rootId, previousId, view }: SlackView,
  values: Record<string, unknown> = {},
): Record<string, unknown> {
  const { app, team } = state
  return {
    id,
    team_id: team.id,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    close: view.close ?? null,
    submit: view.submit ?? null,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values },
    hash,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    root_view_id: rootId,
    previous_view_id: previousId,
  }
}
