import { describe, expect, test } from 'vitest'
import { startWithTinyApp } from './tiny-app.ts'

async function withFiles() {
  const { sandbox, app } = await startWithTinyApp()
  await sandbox.control({ type: 'scope', scope: 'files:write', on: true })
  const direct = await app.call('conversations.open', { users: sandbox.person('ann').id })
  return { sandbox, app, direct: direct.channel.id as string }
}

describe('a file', () => {
  test('needs the scope', async () => {
    const { app } = await startWithTinyApp()
    expect(await app.call('files.getUploadURLExternal', { filename: 'a.csv', length: 3 })).toMatchObject({
      error: 'missing_scope',
      needed: 'files:write',
    })
  })

  test('is announced, sent, and put into a conversation: once', async () => {
    const { sandbox, app, direct } = await withFiles()
    const { upload_url: url, file_id: id } = await app.call('files.getUploadURLExternal', {
      filename: 'a.csv',
      length: 3,
    })
    const complete = (files: object[], channel = direct) =>
      app.call('files.completeUploadExternal', { files, channel_id: channel })
    // Not before its content has come, which is as long as was said.
    expect(await complete([{ id }])).toMatchObject({ error: 'file_not_found' })
    expect((await fetch(url, { method: 'POST', body: 'too long' })).status).toBe(400)
    expect((await fetch(url, { method: 'POST', body: 'a,b' })).status).toBe(200)
    expect((await fetch(url, { method: 'POST', body: 'a,b' })).status).toBe(404)
    expect(await complete([{ id, title: 'A' }])).toMatchObject({ ok: true, files: [{ id, title: 'A' }] })
    expect(await complete([{ id }])).toMatchObject({ error: 'file_not_found' })
    expect(sandbox.directMessages('ann').flatMap(({ files = [] }) => files)).toEqual([
      { id, name: 'a.csv', content: 'a,b' },
    ])
  })

  test('goes where the app is, and never to a person', async () => {
    const { sandbox, app } = await withFiles()
    const { upload_url: url, file_id: id } = await app.call('files.getUploadURLExternal', {
      filename: 'a.csv',
      length: 3,
    })
    await fetch(url, { method: 'POST', body: 'a,b' })
    const complete = (channel: string) =>
      app.call('files.completeUploadExternal', { files: [{ id }], channel_id: channel })
    expect(await complete(sandbox.person('ann').id)).toMatchObject({ error: 'channel_not_found' })
    expect(await complete(sandbox.channel('design-crit').id)).toMatchObject({ error: 'not_in_channel' })
    expect(await complete(sandbox.channel('team-leads').id)).toMatchObject({ error: 'channel_not_found' })
    expect(await app.call('files.getUploadURLExternal', { filename: '', length: 3 })).toMatchObject({ ok: false })
    expect(await app.call('files.getUploadURLExternal', { filename: 'a.csv', length: 0 })).toMatchObject({ ok: false })
  })
})
