import { computed, ref, watchEffect } from 'vue'
import type { Text } from '../api/types'
import english from './en.json'
import chinese from './zh-CN.json'

export type Locale = 'zh-CN' | 'en'
export type MessageKey = keyof typeof chinese

// A key missing in either file does not compile.
const MESSAGES: Record<Locale, Record<MessageKey, string>> = {
  'zh-CN': chinese,
  en: english satisfies Record<MessageKey, string>,
}
const STORED = 'yitong.locale'

const locale = ref<Locale>(initial())

watchEffect(() => {
  document.documentElement.lang = locale.value
})

function initial(): Locale {
  const stored = localStorage.getItem(STORED)
  if (stored === 'zh-CN' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Both languages of a message, for what outlives a switch of the language. */
export function both(key: MessageKey): Text {
  return { zh: chinese[key], en: english[key] }
}

export function isMessage(key: string): key is MessageKey {
  return key in chinese
}

export function useI18n() {
  return {
    locale: computed(() => locale.value),
    setLocale(next: Locale) {
      locale.value = next
      localStorage.setItem(STORED, next)
    },
    t: (key: MessageKey, values: Record<string, string | number> = {}) =>
      fill(MESSAGES[locale.value][key], values),
    /** The side of a text from the API that the reader wants. */
    pick: (text: Text) => (locale.value === 'en' ? text.en : text.zh),
  }
}
