import type { Block, SlackState } from '../state.ts'
import { elementsIn } from './walk.ts'

/** Where elements name the people and the conversations they come with. */
const PEOPLE = ['initial_user', 'initial_users']
const CONVERSATIONS = ['initial_conversation', 'initial_conversations', 'initial_channel', 'initial_channels']

/**
 * What Slack would say about elements that come with somebody, or somewhere, that does not exist. The blocks have been
 * found to be well formed. `at` is where they are, as a JSON pointer.
 */
export function unknownInitials({ people, channels }: SlackState, blocks: Block[], at: string): string[] {
  return blocks.flatMap((block, index) =>
    elementsIn(block).flatMap((element) => {
      const unknown = (properties: string[], known: Record<string, unknown>, what: string) =>
        properties
          .flatMap((property) => (element[property] ?? []) as string | string[])
          .filter((id) => !Object.hasOwn(known, id))
          .map((id) => `invalid ${what}: ${id} [json-pointer:${at}/${index}]`)
      return [...unknown(PEOPLE, people, 'user'), ...unknown(CONVERSATIONS, channels, 'channel')]
    }),
  )
}
