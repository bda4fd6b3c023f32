import { computed } from 'vue'
import type { Moment } from '../api/types'
import { useI18n } from '../i18n'
import { useSession } from './useSession'

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** The same order of year, month and day in both languages: 03/04 is read as two different days. */
const YEAR_FIRST = 'sv-SE'

/** Times and dates in the reader's language and the hub's time zone. */
export function useFormat() {
  const { locale } = useI18n()
  const { me } = useSession()
  const timeZone = computed(() => me.value?.timeZone)

  const dateTimes = computed(
    () =>
      new Intl.DateTimeFormat(YEAR_FIRST, {
        timeZone: timeZone.value,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  )
  const clocks = computed(
    () =>
      new Intl.DateTimeFormat(locale.value, {
        timeZone: timeZone.value,
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      }),
  )
  const days = computed(
    () => new Intl.DateTimeFormat(locale.value, { timeZone: timeZone.value, month: 'short', day: 'numeric' }),
  )
  const ages = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }))

  function age(moment: Moment): string {
    const [unit, seconds] = step(moment.ageSeconds)
    return ages.value.format(-Math.floor(moment.ageSeconds / seconds), unit)
  }

  function duration(seconds: number): string {
    const [unit, size] = step(seconds)
    return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'long' }).format(
      Math.floor(seconds / size),
    )
  }

  return {
    dateTime: (instant: string) => dateTimes.value.format(new Date(instant)),
    clock: (instant: string) => clocks.value.format(new Date(instant)),
    day: (instant: number) => days.value.format(new Date(instant)),
    age,
    duration,
  }
}

function step(seconds: number): [Intl.RelativeTimeFormatUnit, number] {
  return STEPS.find(([, size]) => seconds >= size) ?? ['second', 1]
}
