/** What stores have beside functions of a tenant: `path name` -> why it needs no fence. */

const LEFT = 'of a workspace that has left, named by its id; test/flows/leaving.test.ts has another one beside it'
const INSTALLATION = 'about the row of the workspace itself, named by its id; test/flows/installing.test.ts has two'
const OPERATOR = 'of the queue of all workspaces, for who runs the server'

export const NO_TENANT: Record<string, string> = {
  'home/keepsake-store chosenKeepsake': 'a part of the statement of readHome',
  'kudos/giving-store isOvertaken': 'looks at an error',
  'own-data/export-store isWanted': 'about a job, whose id is made of the workspace’s; test/flows/own-data.test.ts',
  'prompts/post-store toPost': 'looks at a row',
  'workspace/participation-store holdOwnData': 'locks out others, and nothing else',
  'workspace/participation-store forgottenId': 'a part of statements',
  'workspace/participation-store toParticipation': 'looks at a row',
  'platform/queue-store findDeadLetter': OPERATOR,
  'platform/queue-store findQueueStates': OPERATOR,
  'platform/queue-store hasQueue': OPERATOR,
  'platform/queue-store listDeadLetterIds': OPERATOR,
  'platform/queue-store listDeadLetters': OPERATOR,
  'platform/queue-store listFailing': OPERATOR,
  'platform/queue-store putBack': OPERATOR,
  'platform/queue-store readQueueStates': OPERATOR,
  'platform/queue-store takeDeadLetter': OPERATOR,
  'pairing/history-store readGap': 'says nothing about so few people as are here; test/flows/rounds.test.ts has more',
  'pairing/round-store findGap': 'the same, as a round has it',
  'workspace/deletion-store beginDeletion': LEFT,
  'workspace/deletion-store countRows': LEFT,
  'workspace/deletion-store deleteRows': LEFT,
  'workspace/deletion-store listDoomed': LEFT,
  'workspace/installation-store adoptToken': INSTALLATION,
  'workspace/installation-store findInstallation': INSTALLATION,
  'workspace/installation-store install': INSTALLATION,
  'workspace/installation-store listTokens': INSTALLATION,
  'workspace/installation-store replaceToken': INSTALLATION,
  'workspace/installation-store stopInstallation': INSTALLATION,
  'workspace/installation-store takeTicket': 'before there is a workspace',
  'workspace/participant-store toParticipant': 'looks at a row',
  'kudos/delivery-store reopenDeliveries':
    'by ids of a kudos whose job was given up, for who runs the server; it names the workspace',
  'prompts/answer-store reopenAnswer': 'the same, of an answer that was given up',
  'workspace/store saveInstallation': 'how a workspace comes to be known',
  'workspace/store listWorkspaces': 'the list of them',
}
