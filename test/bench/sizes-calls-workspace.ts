import * as admins from '../../src/workspace/admin-store.ts'
import * as channels from '../../src/workspace/channel-store.ts'
import * as participants from '../../src/workspace/participant-store.ts'
import * as participation from '../../src/workspace/participation-store.ts'
import * as profile from '../../src/workspace/profile-store.ts'
import * as reading from '../../src/workspace/reading-store.ts'
import * as settings from '../../src/workspace/settings-store.ts'
import * as workspace from '../../src/workspace/store.ts'
import * as teams from '../../src/workspace/team-store.ts'
import { aMember } from '../support/builders.ts'
import { NOW } from './sizes-scale.ts'
import { type Store, storeCalls } from './sizes-store.ts'

const LATER = new Date(NOW.getTime() + 3_600_000)
/** People like most, and one who is busy. */
const ANN = 'U777'
const BUSY = 'U0'
/** A page of Slack's, and as many people as a job looks at. */
const PAGE = Array.from({ length: 200 }, (_, index) => `U${index * 3}`)

export const STORES_OF_WORKSPACE: Record<string, Store> = {
  'workspace/channel-store.ts': storeCalls(channels, {
    saveChannel: (tenant) => channels.saveChannel(tenant, { id: 'C7', isShared: true, isArchived: false }),
    updateChannel: (tenant) => channels.updateChannel(tenant, 'C7', { isArchived: true }),
    forgetChannel: (tenant) => channels.forgetChannel(tenant, 'C7'),
    claimGreeting: (tenant) => channels.claimGreeting(tenant, 'C7', NOW),
    releaseGreeting: (tenant) => channels.releaseGreeting(tenant, 'C7'),
    keepChannels: (tenant) =>
      channels.keepChannels(
        tenant,
        Array.from({ length: 990 }, (_, index) => `C${index}`),
      ),
    canShowCards: (tenant) => channels.canShowCards(tenant, 'C7'),
    listOpenChannels: (tenant) => channels.listOpenChannels(tenant, 1_000),
  }),
  'workspace/store.ts': storeCalls(workspace, {
    saveInstallation: ({ trx, workspaceId }) =>
      workspace.saveInstallation(trx, { workspaceId, botUserId: 'U0BOT', botId: 'B0BOT' }, NOW),
    listWorkspaces: ({ trx }) => workspace.listWorkspaces(trx),
    saveMembers: (tenant) =>
      workspace.saveMembers(
        tenant,
        PAGE.map((id) => aMember({ id, version: 2 })),
      ),
    saveUserGroup: (tenant) => workspace.saveUserGroup(tenant, { id: 'S7', name: 'Team 7', members: PAGE, version: 2 }),
    findMember: (tenant) => workspace.findMember(tenant, ANN),
    listZones: (tenant) => workspace.listZones(tenant),
    listUserGroups: (tenant) => workspace.listUserGroups(tenant),
    readKinds: (tenant) => workspace.readKinds(tenant, PAGE),
  }),
  'workspace/admin-store.ts': storeCalls(admins, {
    listAdmins: (tenant) => admins.listAdmins(tenant, [BUSY], 5),
    isAdmin: (tenant) => admins.isAdmin(tenant, ANN),
  }),
  'workspace/participant-store.ts': storeCalls(
    participants,
    {
      listParticipants: participants.listParticipants,
      findParticipants: (tenant) => participants.findParticipants(tenant, PAGE),
      listAvoidances: participants.listAvoidances,
      endSkips: (tenant) => participants.endSkips(tenant, PAGE),
      saveAway: (tenant) =>
        participants.saveAway(
          tenant,
          PAGE.map((id) => ({ id, until: LATER })),
        ),
      listJoined: (tenant) => participants.listJoined(tenant, ANN, 50),
    },
    ['toParticipant'],
  ),
  'workspace/participation-store.ts': storeCalls(
    participation,
    {
      readParticipation: (tenant) => participation.readParticipation(tenant, ANN),
      saveParticipation: [
        (tenant) => participation.saveParticipation(tenant, ANN, { pausedUntil: LATER }, NOW),
        (tenant) => participation.saveParticipation(tenant, ANN, { joined: true }, NOW),
      ],
      holdOwnData: (tenant) => participation.holdOwnData(tenant, 'U20'),
      forgetAvoided: (tenant) => participation.forgetAvoided(tenant, 'U20'),
      listAvoided: (tenant) => participation.listAvoided(tenant, 'U20'),
      saveAvoided: (tenant) => participation.saveAvoided(tenant, 'U20', ['U1', 'U2'], NOW),
    },
    ['toParticipation', 'forgottenId'],
  ),
  'workspace/profile-store.ts': storeCalls(profile, {
    saveScopes: (tenant) => profile.saveScopes(tenant, ['commands']),
    saveProfileFields: (tenant) => profile.saveProfileFields(tenant, [{ id: 'X1', label: 'Team' }]),
    listProfileFields: profile.listProfileFields,
    listScopes: profile.listScopes,
  }),
  'workspace/reading-store.ts': storeCalls(reading, {
    beginReading: (tenant) => reading.beginReading(tenant, 'today', NOW),
    isReading: (tenant) => reading.isReading(tenant, 'today'),
    endReading: (tenant) => reading.endReading(tenant, 'today', NOW),
    dailyReading: (tenant) => reading.dailyReading(tenant, NOW),
  }),
  'workspace/settings-store.ts': storeCalls(settings, {
    getSetting: (tenant) => settings.getSetting(tenant, 'kudos.values'),
    getSettings: (tenant) => settings.getSettings(tenant, ['kudos.values', 'workspace.zone']),
    saveSettings: (tenant) => settings.saveSettings(tenant, { 'kudos.daily-limit': 7 }, ANN, NOW),
    noteChange: (tenant) =>
      settings.noteChange(tenant, { key: 'team', previous: null, value: 'Design', by: ANN, at: NOW }),
    listSettingChanges: (tenant) => settings.listSettingChanges(tenant, 20),
  }),
  'workspace/team-store.ts': storeCalls(teams, {
    findTeam: (tenant) => teams.findTeam(tenant, ANN),
    findClaim: (tenant) => teams.findClaim(tenant, ANN, 'self'),
    teamsAt: (tenant) => teams.teamsAt(tenant, PAGE, NOW),
    readAdminTeams: teams.readAdminTeams,
    saveTeamClaims: (tenant) =>
      teams.saveTeamClaims(
        tenant,
        'field',
        PAGE.map((memberId) => ({ memberId, team: 'Design' })),
        NOW,
      ),
    renewGroupClaims: (tenant) =>
      teams.renewGroupClaims(
        tenant,
        Array.from({ length: 50 }, (_, index) => `S${index}`),
        NOW,
      ),
    endFieldClaims: [
      (tenant) => teams.endFieldClaims(tenant, 'others', NOW),
      (tenant) => teams.endFieldClaims(tenant, 'everybody', NOW),
    ],
  }),
}
