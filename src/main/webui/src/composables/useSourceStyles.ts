import { computed, type Ref } from 'vue'
import type { Source } from '../api/types'

/** How a source's points look, in the chart, the legend and the table alike. */
export interface SourceStyle {
  /** Name of a token of tokens.css. */
  token: string
  shape: 'circle' | 'diamond'
}

const REGION_TOKENS = ['--source-2', '--source-3', '--source-4']
const PARTNER_TOKENS = ['--partner-1', '--partner-2']

/** Own results first, then the region's, then partners' in diamonds: told apart without colour too. */
export function useSourceStyles(sources: Ref<Source[]>) {
  const styles = computed(() => {
    let region = 0
    let partner = 0
    return new Map(
      sources.value.map((source): [string, SourceStyle] => {
        switch (source.kind) {
          case 'own':
            return [source.key, { token: '--source-1', shape: 'circle' }]
          case 'region':
            return [source.key, { token: turn(REGION_TOKENS, region++), shape: 'circle' }]
          case 'partner':
            return [source.key, { token: turn(PARTNER_TOKENS, partner++), shape: 'diamond' }]
        }
      }),
    )
  })
  return { styleOf: (key: string) => styles.value.get(key) ?? { token: '--idle', shape: 'circle' as const } }
}

function turn(tokens: string[], index: number): string {
  return tokens[index % tokens.length] ?? '--idle'
}
