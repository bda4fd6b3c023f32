/** What /console/api sends. Every number on a screen comes from here. */

/** The same text in both languages. */
export interface Text {
  zh: string
  en: string
}

export type ViewName = 'feeds' | 'results'

export interface Me {
  name: string
  institution: Text | null
  region: Text
  roles: string[]
  /** The pages this user's roles open, in the order of the menu. */
  views: ViewName[]
  timeZone: string
}

export interface Feeds {
  at: string
  windowHours: number
  refreshSeconds: number
  totals: FeedTotals
  feeds: Feed[]
}

export interface FeedTotals {
  feeds: number
  silent: number
  accepted: number
  notApplied: number
}

export type MessageState = 'accepted' | 'waiting' | 'quarantined' | 'refused'

export interface Feed {
  institution: string
  name: Text
  feed: string
  transport: string
  lastMessage: Moment | null
  counts: { state: MessageState; count: number }[]
  quality: Quality | null
  lastError: FeedError | null
  silent: boolean
  silentAfterSeconds: number | null
  /** Why it takes no messages at all. */
  problem: string | null
}

/** How well what an institution's feeds bring keeps to its profiles, by sample. */
export interface Quality {
  /** Without an error. */
  percent: number
  examined: number
  days: number
}

export interface Moment {
  at: string
  ageSeconds: number
}

export interface FeedError {
  code: string
  text: Text
  moment: Moment
}

export type Gender = 'male' | 'female' | 'other' | 'unknown'

export interface Patient {
  id: string
  name: string
  gender: Gender | null
  birthDate: string | null
  ageYears: number | null
  /** Masked; the whole number stays on the server. */
  residentId: string | null
  numbers: InstitutionNumber[]
}

export interface InstitutionNumber {
  institution: Text
  number: string
}

export interface PatientResults {
  patient: Patient
  analytes: Analyte[]
  sources: Source[]
  partners: PartnerState[]
  /** There are older results that are not shown. */
  earlierLeftOut: boolean
}

/** Where results come from: an institution of this region, or a hub of another one. */
export interface Source {
  key: string
  kind: 'own' | 'region' | 'partner'
  name: Text
}

export interface PartnerState {
  name: Text
  state: 'answered' | 'nobody-found' | 'late' | 'refused'
  fetched: Moment | null
  results: number
  error: Text | null
}

export type Flag = 'normal' | 'high' | 'low' | 'critical-high' | 'critical-low' | 'abnormal'

/** Results of one item in one unit; values in different units never share a list or a chart. */
export interface Analyte {
  key: string
  name: Text
  loinc: string | null
  unit: string | null
  count: number
  latest: Result
  results: Result[]
}

export interface Result {
  id: string
  collectedAt: string | null
  issuedAt: string | null
  /** As reported, with its comparator, such as {@code <5}. */
  text: string
  /** What can be drawn; null for text results. */
  value: number | null
  low: number | null
  high: number | null
  range: string | null
  flag: Flag | null
  status: string
  laboratory: Text | null
  /** Recognition mark from the register. */
  mark: string | null
  source: string
}
