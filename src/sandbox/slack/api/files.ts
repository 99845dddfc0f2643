/** Uploading a file in three steps: an address, the content, and where it belongs. */
import type { HttpAnswer } from '../faulty-server.ts'
import { freshId, freshUrlKey } from '../ids.ts'
import { addMessage } from '../message-store.ts'
import { Refusal } from '../refusal.ts'
import { isMember, isPublic, type World } from '../world.ts'
import { type Method, string } from './method.ts'

interface Upload {
  id: string
  name: string
  length: number
  /** null until it was sent. */
  content: string | null
}

/** What is on its way: an address does not outlive the process. */
const uploads = new WeakMap<World, Map<string, Upload>>()

function uploadsOf(world: World): Map<string, Upload> {
  const known = uploads.get(world) ?? new Map<string, Upload>()
  uploads.set(world, known)
  return known
}

export const files: Record<string, Method> = {
  'files.getUploadURLExternal': {
    scope: 'files:write',
    tier: 4,
    takes: { filename: 'string', length: 'integer' },
    needs: ['filename', 'length'],
    run(world, args) {
      const [name, length] = [string(args, 'filename'), Number(args.length)]
      if (name === '' || !(length > 0)) throw new Refusal('invalid_arguments')
      const key = freshUrlKey()
      const upload = { id: freshId('F'), name, length, content: null }
      uploadsOf(world).set(key, upload)
      return { upload_url: `${world.url()}/upload/${key}`, file_id: upload.id }
    },
  },
  'files.completeUploadExternal': {
    scope: 'files:write',
    tier: 4,
    takes: { files: 'json', channel_id: 'string', initial_comment: 'string' },
    needs: ['files', 'channel_id'],
    run(world, args) {
      const wanted = args.files
      if (!Array.isArray(wanted) || wanted.length === 0) throw new Refusal('invalid_arguments')
      const known = [...uploadsOf(world)]
      const found = wanted.map((one: { id?: unknown; title?: unknown }) => {
        const [key, upload] = known.find(([, { id }]) => id === one?.id) ?? []
        // Once, and only after its content has come.
        if (!key || !upload || upload.content === null) throw new Refusal('file_not_found')
        return { key, file: { id: upload.id, name: upload.name, content: upload.content }, title: one.title }
      })
      // Never a person: the direct message has to be open.
      const channel = world.state.channels[string(args, 'channel_id')]
      if (!channel) throw new Refusal('channel_not_found')
      if (!isMember(channel, world.state.app.botUser)) {
        throw new Refusal(isPublic(channel) ? 'not_in_channel' : 'channel_not_found')
      }
      for (const { key } of found) uploadsOf(world).delete(key)
      const text = string(args, 'initial_comment')
      const said = { user: world.state.app.botUser, text, blocks: [], files: found.map(({ file }) => file) }
      addMessage(world, channel, said)
      return { files: found.map(({ file, title }) => ({ id: file.id, title: title ?? file.name })) }
    },
  },
}

/** Takes the content of a file: as long as was said, and once. */
export function takeUpload(world: World, key: string, body: string): HttpAnswer {
  const upload = uploadsOf(world).get(key)
  if (!upload || upload.content !== null) return { status: 404, body: 'no such upload' }
  if (Buffer.byteLength(body) !== upload.length) return { status: 400, body: 'another length was said' }
  upload.content = body
  return { status: 200, body: `OK - ${upload.length}` }
}
