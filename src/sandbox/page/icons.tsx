import type { ReactNode } from 'react'

function Icon({ children, size = 18 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const HashIcon = () => (
  <Icon>
    <path d="M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13.5M3 12.5h13.5" />
  </Icon>
)
export const LockIcon = ({ size = 18 }: { size?: number }) => (
  <Icon size={size}>
    <rect x="4" y="9" width="12" height="8" rx="2" />
    <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />
  </Icon>
)
export const ArchiveIcon = () => (
  <Icon>
    <rect x="3" y="4" width="14" height="4" rx="1" />
    <path d="M4.5 8v7a1.5 1.5 0 0 0 1.5 1.5h8a1.5 1.5 0 0 0 1.5-1.5V8M8.5 11.5h3" />
  </Icon>
)
/** Two rings: a channel shared with another organisation. */
export const SharedIcon = () => (
  <Icon size={16}>
    <circle cx="7.5" cy="10" r="4.5" />
    <circle cx="12.5" cy="10" r="4.5" />
  </Icon>
)
export const ChevronIcon = ({ size = 14 }: { size?: number }) => (
  <Icon size={size}>
    <path d="m5 7.5 5 5 5-5" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
)
export const PlusIcon = () => (
  <Icon>
    <path d="M10 4.5v11M4.5 10h11" />
  </Icon>
)
export const MenuIcon = () => (
  <Icon size={20}>
    <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />
  </Icon>
)
export const DotsIcon = () => (
  <Icon>
    <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />
  </Icon>
)
/** A shortcut. */
export const BoltIcon = () => (
  <Icon>
    <path d="M11.5 2.5 4.5 11.5h5l-1 6 7-9h-5z" />
  </Icon>
)
/** A command. */
export const SlashIcon = () => (
  <Icon>
    <rect x="3" y="3" width="14" height="14" rx="3" />
    <path d="m8 14 4-8" />
  </Icon>
)
export const SmileIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M7 11.8a3.6 3.6 0 0 0 6 0M7.6 7.8v.1M12.4 7.8v.1" />
  </Icon>
)
export const ThreadIcon = () => (
  <Icon>
    <path d="M3 9.5C3 6.2 6.1 4 10 4s7 2.2 7 5.5S13.9 15 10 15c-.9 0-1.7-.1-2.5-.3L4 16l.8-2.6A5 5 0 0 1 3 9.5zM7.5 8.3h5M7.5 10.8h3" />
  </Icon>
)
export const LinkIcon = () => (
  <Icon>
    <path d="M8.5 11.5a3 3 0 0 0 4.3.2l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3-.2L4.5 11a3 3 0 0 0 4.3 4.3l1-1" />
  </Icon>
)
export const BackIcon = () => (
  <Icon>
    <path d="m12 4.5-5.5 5.5 5.5 5.5" />
  </Icon>
)
export const SlidersIcon = () => (
  <Icon size={16}>
    <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </Icon>
)
export const CopyIcon = () => (
  <Icon size={16}>
    <rect x="7" y="7" width="10" height="10" rx="2" />
    <path d="M4.5 13A1.5 1.5 0 0 1 3 11.5v-7A1.5 1.5 0 0 1 4.5 3h7A1.5 1.5 0 0 1 13 4.5" />
  </Icon>
)
export const SendIcon = () => (
  <svg className="icon" viewBox="0 0 20 20" width="16" height="16" fill="currentColor" aria-hidden="true">
    <path d="M2.6 2.3c-.4-.2-.9.2-.8.7l1.5 5.9 7 1.1-7 1.1L1.8 17c-.1.5.4.9.8.7l15-7.1a.7.7 0 0 0 0-1.2z" />
  </svg>
)
export const EyeIcon = () => (
  <Icon size={14}>
    <path d="M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10z" />
    <circle cx="10" cy="10" r="2.3" />
  </Icon>
)
export const SearchIcon = () => (
  <Icon size={16}>
    <circle cx="9" cy="9" r="5.5" />
    <path d="m13.2 13.2 4 4" />
  </Icon>
)
export const PeopleIcon = () => (
  <Icon>
    <circle cx="7.5" cy="7" r="3" />
    <path d="M2 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13 4.3a3 3 0 0 1 0 5.4M15 12.4c1.9.6 3 2 3 4.1" />
  </Icon>
)
export const TrashIcon = () => (
  <Icon size={16}>
    <path d="M4 5.5h12M8 5.5V4a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.5M5.5 5.5 6.2 16a1 1 0 0 0 1 1h5.6a1 1 0 0 0 1-1l.7-10.5" />
  </Icon>
)
export const WarningIcon = () => (
  <Icon size={16}>
    <path d="M10 3 1.8 16.5h16.4zM10 8v4M10 14.2v.1" />
  </Icon>
)
export const CheckIcon = () => (
  <Icon size={16}>
    <path d="m4.5 10.5 3.5 3.5 7.5-8" />
  </Icon>
)
/** The heart that stands for the app. */
export const AppIcon = () => (
  <svg className="icon" viewBox="0 0 20 20" width="62%" height="62%" fill="currentColor" aria-hidden="true">
    <path d="M10 17.2 2.9 10.3a4.4 4.4 0 0 1 6.2-6.3l.9.9.9-.9a4.4 4.4 0 0 1 6.2 6.3z" />
  </svg>
)
